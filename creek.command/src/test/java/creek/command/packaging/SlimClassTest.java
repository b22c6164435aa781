package creek.command.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class SlimClassTest {
    /** What is made slim here. */
    public static final class Sample implements IntUnaryOperator {
        public Sample() {
        }

        @Override
        public int applyAsInt(int operand) {
            int nameOfALocalVariable = operand * 2;
            if (nameOfALocalVariable > 10) {
                throw new IllegalStateException("too much");
            }
            return nameOfALocalVariable;
        }
    }

    @Test
    void namesOfLocalVariablesGo_behaviourAndLinesStay() throws Exception {
        byte[] code = code();
        assertTrue(text(code).contains("nameOfALocalVariable"), "compiled with debugging information");
        byte[] slim = SlimClass.of(code, false);
        assertTrue(!text(slim).contains("nameOfALocalVariable"));
        assertArrayEquals(slim, SlimClass.of(code, false));

        IntUnaryOperator loaded = (IntUnaryOperator) new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                return defineClass(Sample.class.getName(), slim, 0, slim.length);
            }
        }.define().getDeclaredConstructor().newInstance();
        assertEquals(6, loaded.applyAsInt(3));
        assertEquals(line(new Sample()), line(loaded));
    }

    /** Of a generic type. */
    public static final class Listing {
        public List<String> texts = List.of();
    }

    @Test
    void genericTypesStay_whereSomeoneMayAskForThem() throws Exception {
        byte[] code = ClassFiles.of(Listing.class).values().iterator().next();
        assertEquals("java.util.List<java.lang.String>", texts(SlimClass.of(code, true)));
        assertEquals("interface java.util.List", texts(SlimClass.of(code, false)));
    }

    private static String texts(byte[] code) throws ReflectiveOperationException {
        return ClassFiles.loader(Map.of(Listing.class.getName().replace('.', '/') + ".class", code)).loadClass(Listing.class.getName())
                .getField("texts").getGenericType().toString();
    }

    @Test
    void whatIsNoClass_staysAsItIs() {
        byte[] other = "no class".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(other, SlimClass.of(other, false));
    }

    private static int line(IntUnaryOperator operator) {
        try {
            operator.applyAsInt(100);
            throw new AssertionError("no exception");
        } catch (IllegalStateException e) {
            return e.getStackTrace()[0].getLineNumber();
        }
    }

    private static byte[] code() throws IOException {
        try (InputStream file = Sample.class.getResourceAsStream("SlimClassTest$Sample.class")) {
            return file.readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
