package org.bakedpage.trim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the substitutions of libraries stand in for is there: what an upgrade has taken away is known without a native build. The
 * classes of the JDK and of the image builder are those of a native build only, and those that Quarkus generates are made there.
 */
class SubstitutionsTest {

    private static final Path CLASSES = Path.of("target/classes/org/bakedpage");
    private static final String OTHERS =
            "(java|javax\\.net|jdk|sun|com\\.oracle\\.svm|org\\.graalvm)\\..*|.*\\.generated\\..*|.*\\$\\$CMImpl";
    /** Which Quarkus adds to that class in a native build, see WithoutAnnotations. */
    private static final String ADDED = "io.netty.channel.ChannelHandlerAdapter.isSharable0()Z";
    private static final int FEWEST = 100;

    /** @param members of the target: their names with their descriptors, in terms of the classes here */
    private record Substitution(String name, String target, List<String> members) {
    }

    @Test
    void every_target_in_a_library_is_there() throws IOException {
        List<Substitution> substitutions = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : (Iterable<Path>) files.filter(file -> file.toString().endsWith(".class"))::iterator) {
                new Reader(new ClassReader(Files.readAllBytes(file))).substitution().ifPresent(substitutions::add);
            }
        }
        Map<String, String> targets = substitutions.stream().collect(Collectors.toMap(Substitution::name, Substitution::target));
        Set<String> gone = new TreeSet<>();
        int looked = 0;
        for (Substitution substitution : substitutions) {
            if (!substitution.target().matches(OTHERS)) {
                looked += substitution.members().size();
                gone.addAll(gone(substitution, targets));
            }
        }
        gone.removeIf(member -> member.startsWith(ADDED + " "));
        assertTrue(gone.isEmpty(), () -> "gone is:\n" + String.join("\n", gone));
        assertTrue(looked > FEWEST, "no more than " + looked + " members were looked for");
    }

    @ParameterizedTest
    @CsvSource({ "io.netty.buffer.Gone, close()V, io.netty.buffer.Gone",
        "io.netty.buffer.ByteBuf, gone()V, io.netty.buffer.ByteBuf.gone()V",
        "io.netty.buffer.ByteBuf, capacity()J, io.netty.buffer.ByteBuf.capacity()J",
        "io.netty.buffer.ByteBuf, capacity I, io.netty.buffer.ByteBuf.capacity I" })
    void what_has_gone_is_named(String target, String member, String gone) throws IOException {
        assertEquals(Set.of(gone + " (a.Cut)"), gone(new Substitution("a/Cut", target, List.of(member)), Map.of()));
    }

    private static Set<String> gone(Substitution substitution, Map<String, String> targets) throws IOException {
        String by = " (" + substitution.name().replace('/', '.') + ")";
        Set<String> members = new HashSet<>();
        try (InputStream in = SubstitutionsTest.class.getClassLoader()
                .getResourceAsStream(substitution.target().replace('.', '/') + ".class")) {
            if (in == null) {
                return Set.of(substitution.target() + by);
            }
            new ClassReader(in).accept(new ClassVisitor(Opcodes.ASM9) {

                @Override
                public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
                    members.add(name + " " + descriptor);
                    return null;
                }

                @Override
                public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                    members.add(name + descriptor);
                    return null;
                }
            }, ClassReader.SKIP_CODE);
        }
        Set<String> gone = new TreeSet<>();
        for (String member : substitution.members()) {
            String there = member;
            for (Map.Entry<String, String> target : targets.entrySet()) {
                there = there.replace("L" + target.getKey() + ";", "L" + target.getValue().replace('.', '/') + ";");
            }
            if (!members.contains(there)) {
                gone.add(substitution.target() + "." + there + by);
            }
        }
        return gone;
    }

    /** The annotations of one class and of its members. */
    private static final class Reader extends ClassVisitor {

        private final String name;
        private final List<String> members = new ArrayList<>();
        private final Map<String, Object> target = new LinkedHashMap<>();

        Reader(ClassReader reader) {
            super(Opcodes.ASM9);
            name = reader.getClassName();
            reader.accept(this, ClassReader.SKIP_CODE);
        }

        Optional<Substitution> substitution() {
            if (target.isEmpty()) {
                return Optional.empty();
            }
            String outer = target.get("value") instanceof Type type ? type.getClassName() : (String) target.get("className");
            String inner = target.containsKey("innerClass") ? "$" + target.get("innerClass") : "";
            return Optional.of(new Substitution(name, outer + inner, members));
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return is(TargetClass.class, descriptor) ? new Values(target) : null;
        }

        @Override
        public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
            return new FieldVisitor(Opcodes.ASM9) {

                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    if (is(Alias.class, annotation)) {
                        members.add(field + " " + descriptor);
                    }
                    return null;
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
            Map<String, Object> element = new LinkedHashMap<>();
            return new MethodVisitor(Opcodes.ASM9) {

                private boolean isOfTarget;

                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    isOfTarget |= is(Alias.class, annotation) || is(Substitute.class, annotation);
                    return is(TargetElement.class, annotation) ? new Values(element) : null;
                }

                @Override
                public void visitEnd() {
                    if (isOfTarget) {
                        members.add(element.getOrDefault("name", method) + descriptor);
                    }
                }
            };
        }

        private static boolean is(Class<? extends Annotation> annotation, String descriptor) {
            return Type.getDescriptor(annotation).equals(descriptor);
        }
    }

    /** Of an annotation, those of lists separated by a dollar sign, as the names of classes in classes are. */
    private static final class Values extends AnnotationVisitor {

        private final Map<String, Object> values;

        Values(Map<String, Object> values) {
            super(Opcodes.ASM9);
            this.values = values;
        }

        @Override
        public void visit(String name, Object value) {
            values.put(name, value);
        }

        @Override
        public AnnotationVisitor visitArray(String list) {
            return new AnnotationVisitor(Opcodes.ASM9) {

                @Override
                public void visit(String name, Object value) {
                    values.merge(list, value, (before, next) -> before + "$" + next);
                }
            };
        }
    }
}
