package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTableTest {

    @Test
    void an_empty_table_has_nothing() {
        PathTable<String> table = new PathTable<>(Map.of());
        assertNull(get(table, ""));
        assertNull(get(table, "/"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 4, 5, 7, 8, 9, 1_000 })
    void each_path_has_its_value_and_no_other_path_has_one(int count) {
        Map<String, String> values = new HashMap<>();
        NastyInput.random(20 * count, "/", "a", "b", ".html", "index", "\u00e9", "\u20ac", "-").distinct().limit(count)
                .forEach(path -> values.put(path, "at " + path));
        PathTable<String> table = new PathTable<>(values);
        values.forEach((path, value) -> {
            assertEquals(value, get(table, path));
            assertEquals(values.get(path + "/"), get(table, path + "/"));
            assertNull(get(table, path + "\0"));
        });
    }

    @Test
    void paths_of_one_hash_are_told_apart() {
        Map<String, String> values = new HashMap<>();
        for (String first : new String[] { "Aa", "BB" }) {
            for (String second : new String[] { "Aa", "BB" }) {
                values.put("/" + first + second, first + second);
            }
        }
        values.remove("/BBBB");
        PathTable<String> table = new PathTable<>(values);
        values.forEach((path, value) -> assertEquals(value, get(table, path)));
        assertNull(get(table, "/BBBB"));
    }

    /** From the middle of an array, as from the input of an event loop. */
    private static String get(PathTable<String> table, String path) {
        byte[] bytes = ("x" + path + "x").getBytes(UTF_8);
        int hash = 0;
        for (byte b : path.getBytes(UTF_8)) {
            hash = PathTable.hash(hash, b);
        }
        return table.get(bytes, 1, bytes.length - 1, hash);
    }
}
