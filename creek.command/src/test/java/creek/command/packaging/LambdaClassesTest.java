package creek.command.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class LambdaClassesTest {
    /** Lambdas and method references of all kinds. */
    public static final class Sample implements Supplier<List<Object>> {
        private static final int SCALE = 3;
        private final String own = "own";

        public Sample() {
        }

        @Override
        public List<Object> get() {
            List<Object> said = new ArrayList<>();
            int captured = 5;
            long wide = 1L << 40;
            double half = 0.5;
            Function<String, Integer> length = String::length;
            ToIntFunction<Integer> unboxed = each -> each + captured;
            ToLongFunction<Integer> widened = Integer::intValue;
            IntFunction<Object> boxed = each -> each * SCALE;
            IntFunction<int[]> array = int[]::new;
            IntBinaryOperator statically = Math::max;
            BiFunction<String, Long, String> fields = (text, number) -> own + text + number + wide + half + captured;
            Supplier<List<String>> constructed = ArrayList::new;
            Function<String, StringBuilder> constructedOf = StringBuilder::new;
            Predicate<Object> bound = own::equals;
            LongSupplier direct = () -> wide;
            Runnable dropped = () -> said.add("dropped");
            Runnable droppedResult = said::size;
            Supplier<Supplier<String>> nested = () -> () -> own + captured;
            Function<Object, String> mine = this::hidden;
            Comparator<String> compared = Comparator.comparing(String::length);
            Runnable serial = (Runnable & Serializable) () -> said.add("serializable");
            dropped.run();
            droppedResult.run();
            serial.run();
            said.addAll(List.of(length.apply("four"), unboxed.applyAsInt(7), widened.applyAsLong(8), boxed.apply(9), array.apply(2).length,
                    statically.applyAsInt(1, 2), fields.apply("!", 3L), constructed.get(), constructedOf.apply("made").toString(), bound.test("own"),
                    direct.getAsLong(), nested.get().get(), mine.apply(1), compared.compare("a", "bb"), new Inner().told(), Plain.told(4)));
            return said;
        }

        private String hidden(Object what) {
            return "hidden " + what;
        }

        private static final class Inner {
            private final int number = 11;

            Object told() {
                Supplier<Integer> supplier = () -> secret() + number;
                return supplier.get();
            }

            private int secret() {
                return 100;
            }
        }
    }

    /** Lambdas in an interface. */
    public interface Plain {
        static String told(int number) {
            Supplier<String> supplier = () -> twice("" + number);
            return supplier.get();
        }

        private static String twice(String text) {
            return text + text;
        }
    }

    /** One that nothing is captured by, and one that fails. */
    public static final class Single implements Supplier<Object> {
        public Single() {
        }

        @Override
        public Object get() {
            Supplier<String> same = () -> "same";
            return same;
        }
    }

    @Test
    void whatLambdasDoIsTheSame_withoutTheMachineryOfRunTime() throws Exception {
        Map<String, byte[]> files = ClassFiles.of(LambdaClassesTest.class, Sample.class, Class.forName(Sample.class.getName() + "$Inner"), Plain.class);
        LambdaClasses.write(files);
        assertEquals(new Sample().get(), instance(files, Sample.class).get());
        String sample = new String(files.get(Sample.class.getName().replace('.', '/') + ".class"), StandardCharsets.ISO_8859_1);
        assertTrue(sample.contains("altMetafactory"), "what is serializable is left as it is");
        assertTrue(files.size() > 20, files.keySet().toString());
    }

    @Test
    void oneThatCapturesNothing_hasOneObject() throws Exception {
        Map<String, byte[]> files = ClassFiles.of(LambdaClassesTest.class, Single.class);
        LambdaClasses.write(files);
        Supplier<?> single = instance(files, Single.class);
        assertSame(single.get(), single.get());
        assertEquals(Single.class.getName() + "$$0", single.get().getClass().getName());
    }

    @Test
    void whereTheHostOfTheNestIsElsewhere_lambdasStay() throws Exception {
        Map<String, byte[]> files = ClassFiles.of(Single.class);
        byte[] before = files.values().iterator().next();
        LambdaClasses.write(files);
        assertEquals(1, files.size());
        assertArrayEquals(before, files.values().iterator().next());
    }

    @Test
    void aWrongCastFailsAsBefore() throws Exception {
        Map<String, byte[]> files = ClassFiles.of(LambdaClassesTest.class, Casting.class);
        LambdaClasses.write(files);
        assertFalse(new String(files.get(Casting.class.getName().replace('.', '/') + ".class"), StandardCharsets.ISO_8859_1).contains("metafactory"));
        assertThrows(ClassCastException.class, () -> instance(files, Casting.class).get());
    }

    /** Gives a function something of another type. */
    public static final class Casting implements Supplier<Object> {
        public Casting() {
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Object get() {
            Function<Integer, Integer> plus = each -> each + 1;
            return ((Function) plus).apply("text");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Supplier<T> instance(Map<String, byte[]> files, Class<? extends Supplier<T>> type) throws ReflectiveOperationException {
        return (Supplier<T>) ClassFiles.loader(files).loadClass(type.getName()).getDeclaredConstructor().newInstance();
    }
}
