import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the C headers that are derived from class files: run with JDK 25 as
 * {@code java Headers.java SVM_JAR JNI_FOLDER SHIM_FOLDER}.
 *
 * <p>The JDK's C sources include one header per class for its constants. {@code javac -h} would make them from
 * src.zip, which many JDK packages leave out, and in ten times the time; the constants are in the class files too.
 * The image builder measures the {@code CPUFeatures} struct of each architecture against a header, whose fields must
 * be those of an interface in its jar.
 */
final class Headers {

    private static final List<String> JNI_MODULES =
            List.of("java.base", "jdk.net", "java.management", "jdk.management");

    private static final Map<String, String> CPU_FEATURES = Map.of(
            "amd64cpufeatures.h", "com/oracle/svm/core/amd64/AMD64LibCHelper$CPUFeatures.class",
            "aarch64cpufeatures.h", "com/oracle/svm/core/aarch64/AArch64LibCHelper$CPUFeatures.class",
            "riscv64cpufeatures.h", "com/oracle/svm/core/riscv64/RISCV64LibCHelper$CPUFeatures.class");

    public static void main(String[] args) throws IOException {
        Path svmJar = Path.of(args[0]);
        Path jniFolder = Files.createDirectories(Path.of(args[1]));
        Path shimFolder = Files.createDirectories(Path.of(args[2]));
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        for (String module : JNI_MODULES) {
            writeJniHeaders(jdk.getPath("modules", module), jniFolder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(svmJar)) {
            for (var header : CPU_FEATURES.entrySet()) {
                ClassModel features = parse(jar.getPath(header.getValue()));
                Files.writeString(shimFolder.resolve(header.getKey()), cpuFeatures(features, header.getKey()));
            }
        }
    }

    private static void writeJniHeaders(Path module, Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(module)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassModel type = parse(file);
            // javac -h writes both separators of a nested class's name as one underscore
            String name = type.thisClass().asInternalName().replace('/', '_').replace('$', '_');
            List<String> constants = constants(type, name, module);
            List<String> functions = functions(type);
            if (!constants.isEmpty() || !functions.isEmpty()) {
                Files.writeString(folder.resolve(name + ".h"), guarded(name,
                        "#include <jni.h>\n" + String.join("", constants) + String.join("", functions)));
            }
        }
    }

    private static ClassModel parse(Path file) throws IOException {
        return ClassFile.of().parse(Files.readAllBytes(file));
    }

    /** Prototypes of the native methods, named as the JNI specification says ("Resolving Native Method Names"). */
    private static List<String> functions(ClassModel type) {
        List<MethodModel> natives = type.methods().stream()
                .filter(method -> method.flags().has(AccessFlag.NATIVE)).toList();
        List<String> lines = new ArrayList<>();
        for (MethodModel method : natives) {
            String name = method.methodName().stringValue();
            boolean overloaded = natives.stream().filter(other -> other.methodName().equalsString(name)).count() > 1;
            String descriptor = method.methodType().stringValue();
            String signature = descriptor.substring(1, descriptor.indexOf(')'));
            MethodTypeDesc types = method.methodTypeSymbol();
            StringBuilder line = new StringBuilder("JNIEXPORT ")
                    .append(jniType(types.returnType())).append(" JNICALL Java_")
                    .append(mangle(type.thisClass().asInternalName())).append('_').append(mangle(name))
                    .append(overloaded ? "__" + mangle(signature) : "").append("(JNIEnv *, jobject");
            types.parameterList().forEach(parameter -> line.append(", ").append(jniType(parameter)));
            lines.add(line.append(");\n").toString());
        }
        return lines;
    }

    /** In C all reference types of JNI are one. */
    private static String jniType(ClassDesc type) {
        return type.descriptorString().equals("V") ? "void" : type.isPrimitive() ? "j" + type.displayName() : "jobject";
    }

    private static String mangle(String name) {
        return name.replace("_", "_1").replace(";", "_2").replace("[", "_3").replace('/', '_').replace("$", "_00024");
    }

    /** The constants of a class and of its superclasses in the same module: C sources name inherited ones by either. */
    private static List<String> constants(ClassModel type, String prefix, Path module) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (ClassModel declaring = type; declaring != null; declaring = superclass(declaring, module)) {
            for (FieldModel field : declaring.fields()) {
                String suffix = switch (field.fieldType().stringValue()) {
                    case "I", "S", "B", "C", "Z" -> "L";
                    case "J" -> "LL";
                    default -> null;
                };
                if (suffix != null && field.flags().has(AccessFlag.STATIC)) {
                    field.findAttribute(Attributes.constantValue()).map(ConstantValueAttribute::constant)
                            .ifPresent(value -> values.putIfAbsent(
                                    field.fieldName().stringValue(), literal(value.constantValue(), suffix)));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add("#define " + prefix + "_" + name + " " + value + "\n"));
        return lines;
    }

    private static ClassModel superclass(ClassModel type, Path module) throws IOException {
        if (type.superclass().isEmpty()) {
            return null;
        }
        Path file = module.resolve(type.superclass().get().asInternalName() + ".class");
        return Files.exists(file) ? parse(file) : null;
    }

    /** C has no negative literals: the smallest number is written as a difference. */
    private static String literal(Object value, String suffix) {
        long number = ((Number) value).longValue();
        if (number == Integer.MIN_VALUE || number == Long.MIN_VALUE) {
            return "(" + (number + 1) + suffix + " - 1)";
        }
        return number < 0 ? "(" + number + suffix + ")" : number + suffix;
    }

    private static String cpuFeatures(ClassModel type, String header) {
        StringBuilder fields = new StringBuilder("typedef struct CPUFeatures {\n");
        for (MethodModel accessor : type.methods()) {
            fields.append("    unsigned char ").append(accessor.methodName().stringValue()).append(";\n");
        }
        return guarded(header.replace('.', '_'), fields + "} CPUFeatures;\n");
    }

    private static String guarded(String name, String text) {
        return "#ifndef H_" + name + "\n#define H_" + name + "\n" + text + "#endif\n";
    }
}
