package creek.command.packaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes a class of each lambda and method reference of a class path. The virtual machine makes them at run time otherwise, one by one when they are first
 * met, which is much of what a job does until its first record, and needs machinery that it doesn't need for anything else. What is not of the usual kind
 * stays as it is.
 */
final class LambdaClasses {
    private static final int API = Opcodes.ASM9;
    /** Since this version classes of one nest may call each other's private methods, as a lambda calls its text. */
    private static final int NESTS = Opcodes.V11;
    private static final int MAJOR = 0xffff;

    private final Map<String, byte[]> files;
    private final Map<String, byte[]> made = new TreeMap<>();
    /** The new members of a nest, by the name of its host. */
    private final Map<String, List<String>> members = new HashMap<>();

    private LambdaClasses(Map<String, byte[]> files) {
        this.files = files;
    }

    /** @param files of a class path, by name; classes are put in, and anew those that had lambdas */
    static void write(Map<String, byte[]> files) {
        LambdaClasses classes = new LambdaClasses(files);
        files.forEach((name, content) -> {
            if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                classes.replace(name, content);
            }
        });
        classes.members.forEach(classes::enter);
        files.putAll(classes.made);
    }

    private void replace(String name, byte[] content) {
        ClassReader reader = new ClassReader(content);
        ClassWriter writer = new ClassWriter(0);
        Host host = new Host(writer, reader.getClassName());
        reader.accept(host, 0);
        if (host.count > 0) {
            made.put(name, writer.toByteArray());
        }
    }

    /** Tells the host of a nest its new members. */
    private void enter(String host, List<String> names) {
        String file = host + ".class";
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(made.getOrDefault(file, files.get(file))).accept(new ClassVisitor(API, writer) {
            @Override
            public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
                super.visit(Math.max(version & MAJOR, NESTS), access, name, signature, parent, interfaces);
            }

            @Override
            public void visitEnd() {
                names.forEach(this::visitNestMember);
                super.visitEnd();
            }
        }, 0);
        made.put(file, writer.toByteArray());
    }

    /** A class whose lambdas are replaced by calls of what makes an object of the new class. */
    private final class Host extends ClassVisitor {
        private final String name;
        private String nest;
        private int count;

        Host(ClassVisitor next, String name) {
            super(API, next);
            this.name = name;
            this.nest = name;
        }

        @Override
        public void visit(int version, int access, String same, String signature, String parent, String[] interfaces) {
            super.visit(Math.max(version & MAJOR, NESTS), access, same, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String host) {
            nest = host;
            super.visitNestHost(host);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] exceptions) {
            return new MethodVisitor(API, super.visitMethod(access, method, type, signature, exceptions)) {
                @Override
                public void visitInvokeDynamicInsn(String called, String calledType, Handle bootstrap, Object... arguments) {
                    String lambda = name + "$$" + count;
                    byte[] code = files.containsKey(nest + ".class")
                            ? LambdaClass.of(lambda, nest, name, called, calledType, bootstrap, arguments) : null;
                    if (code == null) {
                        super.visitInvokeDynamicInsn(called, calledType, bootstrap, arguments);
                        return;
                    }
                    count++;
                    made.put(lambda + ".class", code);
                    members.computeIfAbsent(nest, key -> new ArrayList<>()).add(lambda);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, lambda, LambdaClass.MAKE, calledType, false);
                }
            };
        }
    }
}
