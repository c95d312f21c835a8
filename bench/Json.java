import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes records, maps, collections, texts and numbers as JSON: the JDK has nothing for it. */
final class Json {

    private Json() {
    }

    static String of(Object value) {
        return switch (value) {
            case null -> "null";
            case Double number when !Double.isFinite(number) -> "null";
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Map<?, ?> map -> object(map);
            case Collection<?> all -> array(all);
            case Record fields -> object(components(fields));
            default -> text(value.toString());
        };
    }

    private static String object(Map<?, ?> map) {
        List<String> members = new ArrayList<>();
        map.forEach((key, value) -> members.add(text(key.toString()) + ": " + of(value)));
        return "{" + String.join(", ", members) + "}";
    }

    /** A line each, so that two results can be compared. */
    private static String array(Collection<?> values) {
        return values.isEmpty() ? "[]" : "[\n" + String.join(",\n", values.stream().map(Json::of).toList()) + "\n]";
    }

    private static Map<String, Object> components(Record fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            try {
                map.put(component.getName(), component.getAccessor().invoke(fields));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return map;
    }

    private static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : "" + c);
        }
        return quoted.append('"').toString();
    }
}
