import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar of Quarkus 3.33 anew so that the same sources give the same bytes, and without what is not the program: run as
 * {@code java SameInput.java JAR SITE CLASSES}, where SITE becomes the baked site and CLASSES the folder of those that join it.
 *
 * <p>Quarkus runs its build steps on several threads, and three things depend on which of them is first: the order of the
 * classes in the jar, that of the classes registered for reflection, and the numbers in the keys by which recorded
 * start-up steps pass values to each other (github.com/quarkusio/quarkus/pull/53025 mends that for later versions). No
 * setting makes it use one thread: some steps wait for tasks that they have queued. The compression of entries is that
 * of the JDK at hand, so it goes, and their times say nothing.
 */
final class SameInput {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String RECORDED = "io/quarkus/runner/recorded/";
    private static final String REFLECTION = "META-INF/native-image/reflect-config.json";
    private static final String SITE = "META-INF/site.bin";
    private static final String PAGES = "META-INF/resources/";
    private static final Set<String> JOINING = Set.of("org/bakedpage/Executable.class", "org/bakedpage/ElfHeader.class");
    private static final Pattern KEY = Pattern.compile("proxykey[0-9]+");

    /** ZipOutputStream writes the first month that a zip file can hold with a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Map<String, String> keys = new HashMap<>();

    public static void main(String... arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path site = Path.of(arguments[1]);
        Path classes = Path.of(arguments[2]);
        // Names in order, and the manifest first, for JarInputStream looks for it there.
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (entry.getName().equals(SITE)) {
                    Files.copy(file.getInputStream(entry), site, StandardCopyOption.REPLACE_EXISTING);
                } else if (JOINING.contains(entry.getName())) {
                    Files.createDirectories(classes.resolve(entry.getName()).getParent());
                    Files.copy(file.getInputStream(entry), classes.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
                } else if (!entry.getName().startsWith(PAGES)) {
                    entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
                }
            }
        }
        SameInput input = new SameInput();
        Path unfinished = jar.resolveSibling(jar.getFileName() + ".unfinished");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unfinished))) {
            write(MANIFEST, entries.remove(MANIFEST), out);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(entry.getKey(), input.ordered(entry.getKey(), entry.getValue()), out);
            }
        }
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] ordered(String name, byte[] content) throws IOException {
        if (name.startsWith(RECORDED) && name.endsWith(".class")) {
            return withSameKeys(content);
        }
        return name.equals(REFLECTION) ? sorted(new String(content, UTF_8)).getBytes(UTF_8) : content;
    }

    private static void write(String name, byte[] content, ZipOutputStream out) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    /** Sorts the elements of an array, which no string of it with a brace gets in the way of: they are names of Java. */
    private static String sorted(String json) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) == '{' && depth++ == 0) {
                start = i;
            } else if (json.charAt(i) == '}' && --depth == 0) {
                elements.add(json.substring(start, i + 1));
            }
        }
        Collections.sort(elements);
        return "[" + String.join(",\n", elements) + "]\n";
    }

    /** Numbers the keys anew, in the order of first use: JVMS section 4.4 says what is in a constant pool. */
    private byte[] withSameKeys(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong());
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> out.writeUTF(renamed(in.readUTF()));
                case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
                case 15 -> out.write(in.readNBytes(3));
                case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
                case 5, 6 -> {
                    out.write(in.readNBytes(8));
                    i++;
                }
                default -> throw new IOException("constant " + i + " has the unknown tag " + tag);
            }
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }

    private String renamed(String text) {
        return KEY.matcher(text).matches() ? keys.computeIfAbsent(text, key -> "proxykey" + keys.size()) : text;
    }
}
