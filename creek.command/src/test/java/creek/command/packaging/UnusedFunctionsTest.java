package creek.command.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class UnusedFunctionsTest {
    private static final String LIBRARY = "kotlin/collections/ThingsKt___ThingsKt";
    private static final String FACADE = "kotlin/collections/ThingsKt";
    private static final String USER = "user/User";

    private final Map<String, byte[]> files = new TreeMap<>();

    @Test
    void whatIsCalledStays_directlyAndThroughOthers_theRestGoes() throws Exception {
        library(FACADE, LIBRARY, new String[0][]);
        library(LIBRARY, "java/lang/Object", new String[][] {{"used", "usedByUsed"}, {"usedByUsed", null}, {"unused", "unusedToo"}, {"unusedToo", null}});
        user(FACADE, "used");
        UnusedFunctions.remove(files);

        Class<?> library = ClassFiles.loader(files).loadClass(LIBRARY.replace('/', '.'));
        assertEquals(2, library.getDeclaredMethods().length);
        library.getDeclaredMethod("usedByUsed");
        assertThrows(NoSuchMethodException.class, () -> library.getDeclaredMethod("unused"));
        ClassFiles.loader(files).loadClass(USER.replace('/', '.')).getMethod("call").invoke(null);
    }

    @Test
    void classesThatAreNotOfKotlinsFunctions_stayAsTheyAre() {
        library("kotlin/collections/Thing", "java/lang/Object", new String[][] {{"unused", null}});
        library("other/ThingsKt", "java/lang/Object", new String[][] {{"unused", null}});
        Map<String, byte[]> before = new TreeMap<>(files);
        UnusedFunctions.remove(files);
        before.forEach((name, content) -> assertArrayEquals(content, files.get(name), name));
    }

    /** @param functions each with what it calls */
    private void library(String name, String parent, String[][] functions) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, parent, null);
        for (String[] function : functions) {
            function(writer, function[0], name, function[1]);
        }
        files.put(name + ".class", writer.toByteArray());
    }

    private void user(String owner, String called) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, USER, null, "java/lang/Object", null);
        function(writer, "call", owner, called);
        files.put(USER + ".class", writer.toByteArray());
    }

    private static void function(ClassWriter writer, String name, String owner, String called) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, "()V", null, null);
        code.visitCode();
        if (called != null) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, called, "()V", false);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
