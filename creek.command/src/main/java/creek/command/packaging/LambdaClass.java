package creek.command.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class of one lambda:
 * <pre>
 * final class Host$$0 implements Function {
 *     private final Captured c0;
 *     static Function make(Captured c0) { return new Host$$0(c0); }
 *     public Object apply(Object a) { return c0.text((String) a); }
 * }
 * </pre>
 * One that captures nothing has a single object.
 */
final class LambdaClass {
    /** The static method that gives the object; takes what is captured. */
    static final String MAKE = "make";

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String INSTANCE = "instance";
    private static final String CONSTRUCTOR = "<init>";
    private static final Map<Integer, Type> BOXES = Map.of(Type.BOOLEAN, Type.getType(Boolean.class), Type.BYTE, Type.getType(Byte.class),
            Type.CHAR, Type.getType(Character.class), Type.SHORT, Type.getType(Short.class), Type.INT, Type.getType(Integer.class),
            Type.LONG, Type.getType(Long.class), Type.FLOAT, Type.getType(Float.class), Type.DOUBLE, Type.getType(Double.class));
    private static final Type OBJECT = Type.getType(Object.class);

    private final String name;
    private final Type[] captured;
    private final Type made;
    private final Type erased;
    private final Type exact;
    private final Handle text;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private LambdaClass(String name, Type call, Type erased, Type exact, Handle text) {
        this.name = name;
        this.captured = call.getArgumentTypes();
        this.made = call.getReturnType();
        this.erased = erased;
        this.exact = exact;
        this.text = text;
    }

    /**
     * The class file, or null if the call is not one that makes a plain lambda.
     *
     * @param name      of the new class
     * @param nest      the host of the nest whose member it becomes
     * @param host      the class that has the lambda
     * @param method    of the interface
     * @param call      takes what is captured and gives the interface
     */
    static byte[] of(String name, String nest, String host, String method, String call, Handle bootstrap, Object... arguments) {
        if (!bootstrap.getOwner().equals(FACTORY) || !bootstrap.getName().equals("metafactory")) {
            return null;
        }
        Handle text = (Handle) arguments[1];
        if (text.getTag() == Opcodes.H_INVOKESPECIAL && !text.getOwner().equals(host)) {
            return null;
        }
        LambdaClass lambda = new LambdaClass(name, Type.getMethodType(call), (Type) arguments[0], (Type) arguments[2], text);
        return lambda.canConvert() ? lambda.write(nest, method) : null;
    }

    private byte[] write(String nest, String method) {
        writer.visit(Opcodes.V11, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, name, null, OBJECT.getInternalName(),
                new String[] {made.getInternalName()});
        writer.visitNestHost(nest);
        for (int i = 0; i < captured.length; i++) {
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "c" + i, captured[i].getDescriptor(), null, null).visitEnd();
        }
        writeConstructor();
        writeMake();
        writeMethod(method);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void writeConstructor() {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, constructor(), null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT.getInternalName(), CONSTRUCTOR, "()V", false);
        int slot = 1;
        for (int i = 0; i < captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), slot);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, "c" + i, captured[i].getDescriptor());
            slot += captured[i].getSize();
        }
        end(code, Opcodes.RETURN);
    }

    private String constructor() {
        return Type.getMethodDescriptor(Type.VOID_TYPE, captured);
    }

    private void writeMake() {
        if (captured.length == 0) {
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, INSTANCE, made.getDescriptor(), null, null).visitEnd();
            MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
            code.visitCode();
            writeNew(code);
            code.visitFieldInsn(Opcodes.PUTSTATIC, name, INSTANCE, made.getDescriptor());
            end(code, Opcodes.RETURN);
        }
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, MAKE, Type.getMethodDescriptor(made, captured), null, null);
        code.visitCode();
        if (captured.length == 0) {
            code.visitFieldInsn(Opcodes.GETSTATIC, name, INSTANCE, made.getDescriptor());
        } else {
            writeNew(code);
        }
        end(code, Opcodes.ARETURN);
    }

    private void writeNew(MethodVisitor code) {
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        int slot = 0;
        for (Type each : captured) {
            code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), slot);
            slot += each.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, constructor(), false);
    }

    private void writeMethod(String method) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, erased.getDescriptor(), null, null);
        code.visitCode();
        if (text.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            code.visitTypeInsn(Opcodes.NEW, text.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        Type[] wanted = wanted();
        for (int i = 0; i < captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, "c" + i, captured[i].getDescriptor());
        }
        int slot = 1;
        Type[] given = erased.getArgumentTypes();
        for (int i = 0; i < given.length; i++) {
            code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), slot);
            convert(code, given[i], wanted[captured.length + i]);
            slot += given[i].getSize();
        }
        code.visitMethodInsn(opcode(), text.getOwner(), text.getName(), text.getDesc(), text.isInterface());
        Type result = erased.getReturnType();
        if (result.getSort() == Type.VOID) {
            if (result().getSize() > 0) {
                code.visitInsn(result().getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
        } else {
            convert(code, result(), result);
        }
        end(code, result.getOpcode(Opcodes.IRETURN));
    }

    private int opcode() {
        return switch (text.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            // private ones, too, in a nest
            default -> text.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
    }

    private static void end(MethodVisitor code, int opcode) {
        code.visitInsn(opcode);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** What the lambda's text takes, the object that it is called on first. */
    private Type[] wanted() {
        List<Type> wanted = new ArrayList<>();
        if (text.getTag() != Opcodes.H_INVOKESTATIC && text.getTag() != Opcodes.H_NEWINVOKESPECIAL) {
            wanted.add(Type.getObjectType(text.getOwner()));
        }
        wanted.addAll(Arrays.asList(Type.getArgumentTypes(text.getDesc())));
        return wanted.toArray(Type[]::new);
    }

    private Type result() {
        return text.getTag() == Opcodes.H_NEWINVOKESPECIAL ? Type.getObjectType(text.getOwner()) : Type.getReturnType(text.getDesc());
    }

    private boolean canConvert() {
        Type[] wanted = wanted();
        Type[] given = erased.getArgumentTypes();
        for (int i = 0; i < captured.length; i++) {
            if (isPrimitive(captured[i]) || isPrimitive(wanted[i])) {
                if (!captured[i].equals(wanted[i])) {
                    return false;
                }
            }
        }
        for (int i = 0; i < given.length; i++) {
            if (!canConvert(given[i], exact.getArgumentTypes()[i], wanted[captured.length + i])) {
                return false;
            }
        }
        return erased.getReturnType().getSort() == Type.VOID || canConvert(result(), result(), erased.getReturnType());
    }

    /** By boxing and casts alone, without a change of width. */
    private static boolean canConvert(Type from, Type exactly, Type to) {
        if (isPrimitive(from)) {
            return from.equals(to) || !isPrimitive(to) && (to.equals(BOXES.get(from.getSort())) || to.equals(OBJECT));
        }
        return !isPrimitive(to) || BOXES.get(to.getSort()).equals(exactly);
    }

    private static void convert(MethodVisitor code, Type from, Type to) {
        if (isPrimitive(from) && !isPrimitive(to)) {
            Type box = BOXES.get(from.getSort());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, box.getInternalName(), "valueOf", Type.getMethodDescriptor(box, from), false);
        } else if (!isPrimitive(from) && isPrimitive(to)) {
            Type box = BOXES.get(to.getSort());
            code.visitTypeInsn(Opcodes.CHECKCAST, box.getInternalName());
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box.getInternalName(), to.getClassName() + "Value", Type.getMethodDescriptor(to), false);
        } else if (!from.equals(to) && !to.equals(OBJECT)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }
}
