package creek.command.packaging;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class without what only debuggers and compilers read: the names of local variables, annotations that are not there at run time, and what Kotlin's
 * compiler notes. The virtual machine keeps all of that in memory otherwise. Lines stay, for stack traces. The same for the same class.
 */
final class SlimClass extends ClassVisitor {
    private static final int API = Opcodes.ASM9;
    private static final String KOTLIN = "Lkotlin/";

    private SlimClass(ClassVisitor next) {
        super(API, next);
    }

    /** @param code a class file, which is given back as it is where it is of a form that came later */
    static byte[] of(byte[] code) {
        ClassWriter writer = new ClassWriter(0);
        try {
            new ClassReader(code).accept(new SlimClass(writer), 0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return code;
        }
        return writer.toByteArray();
    }

    @Override
    public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return visible && !type.startsWith(KOTLIN) ? super.visitAnnotation(type, true) : null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
        return new Method(super.visitMethod(access, name, type, signature, exceptions));
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
