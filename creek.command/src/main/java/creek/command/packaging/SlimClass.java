package creek.command.packaging;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class without what only debuggers and compilers read: the names of local variables, annotations that are not there at run time, and what Kotlin's
 * compiler notes; and, where nobody asks for them, without generic types. The virtual machine keeps all of that in memory otherwise. Lines stay, for stack
 * traces. The same for the same class.
 */
final class SlimClass extends ClassVisitor {
    private static final int API = Opcodes.ASM9;
    private static final String KOTLIN = "Lkotlin/";

    private final boolean keepsGenerics;

    private SlimClass(ClassVisitor next, boolean keepsGenerics) {
        super(API, next);
        this.keepsGenerics = keepsGenerics;
    }

    /**
     * Makes the slim class.
     *
     * @param code          a class file, which is given back as it is where it is of a form that came later
     * @param keepsGenerics whether to keep what reflection tells of generic types
     */
    static byte[] of(byte[] code, boolean keepsGenerics) {
        ClassWriter writer = new ClassWriter(0);
        try {
            new ClassReader(code).accept(new SlimClass(writer, keepsGenerics), 0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return code;
        }
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        super.visit(version, access, name, generics(signature), parent, interfaces);
    }

    private String generics(String signature) {
        return keepsGenerics ? signature : null;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
        return super.visitField(access, name, type, generics(signature), value);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return visible && !type.startsWith(KOTLIN) ? super.visitAnnotation(type, true) : null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
        return new Method(super.visitMethod(access, name, type, generics(signature), exceptions));
    }

    private static final class Method extends MethodVisitor {
        Method(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitLocalVariable(String name, String type, String signature, Label start, Label end, int index) {
            // for debuggers only
        }

        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean visible) {
            return visible ? super.visitAnnotation(type, true) : null;
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
            return visible ? super.visitParameterAnnotation(parameter, type, true) : null;
        }

        @Override
        public void visitAnnotableParameterCount(int count, boolean visible) {
            if (visible) {
                super.visitAnnotableParameterCount(count, true);
            }
        }
    }
}
