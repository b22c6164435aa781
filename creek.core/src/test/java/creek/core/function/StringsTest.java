package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Utf8;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StringsTest {
    private static final String[] ALPHABET = {"a", "b", "%", "_", " ", "é", "温", "🚜", "."};

    private final Random random = new Random(13);

    private String randomText(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    private static String slice(String text, int from, int to) {
        int[] points = text.codePoints().toArray();
        int start = Math.min(Math.max(from, 0), points.length);
        int end = Math.min(Math.max(to, start), points.length);
        return new String(points, start, end - start);
    }

    @Test
    void slicesCountCharactersNotBytes() {
        for (int i = 0; i < 4_000; i++) {
            String text = randomText(12);
            Utf8 utf8 = Utf8.of(text);
            int n = random.nextInt(16) - 2;
            int length = utf8.codePoints();
            assertEquals(slice(text, 0, n), Strings.left(utf8, n).toString());
            assertEquals(n <= 0 ? "" : slice(text, length - n, length), Strings.right(utf8, n).toString());
            if (n > 0) {
                assertEquals(slice(text, n - 1, n + 2), Strings.substring(utf8, n, 3).toString());
            }
            assertEquals(new StringBuilder(text).reverse().toString(), TextFunctions.reverse(utf8).toString());
            assertEquals(text.toUpperCase(java.util.Locale.ROOT), Strings.upper(utf8).toString());
            String wanted = randomText(2) + "a";
            int at = text.indexOf(wanted);
            assertEquals(at < 0 ? 0 : text.codePointCount(0, at) + 1, Strings.position(Utf8.of(wanted), utf8));
            assertEquals(text.replace(wanted, "<>"), TextFunctions.replace(utf8, Utf8.of(wanted), Utf8.of("<>")).toString());
        }
    }

    @Test
    void likeMatchesAsANaiveMatcherDoes() {
        for (int i = 0; i < 10_000; i++) {
            String text = randomText(6);
            String pattern = randomText(5);
            assertEquals(matches(text.codePoints().toArray(), 0, pattern.codePoints().toArray(), 0),
                    LikePattern.compile(Utf8.of(pattern)).matches(Utf8.of(text)), () -> text + " LIKE " + pattern);
        }
    }

    private static boolean matches(int[] text, int t, int[] pattern, int p) {
        if (p == pattern.length) {
            return t == text.length;
        }
        if (pattern[p] == '%') {
            return matches(text, t, pattern, p + 1) || t < text.length && matches(text, t + 1, pattern, p);
        }
        return t < text.length && (pattern[p] == '_' || pattern[p] == text[t]) && matches(text, t + 1, pattern, p + 1);
    }

    /** Tried one by one, the places of fifty % would outlast the machine. */
    @Test
    void manyPercentSignsInVain() {
        assertEquals(false, LikePattern.compile(Utf8.of("%a".repeat(50) + "b")).matches(Utf8.of("a".repeat(5000))));
    }

    @Test
    void underscoreIsNoEndOfLine() {
        for (String end : new String[] {"\n", "\r", "\u0085", "\u2028", "\u2029"}) {
            assertEquals(false, LikePattern.compile(Utf8.of("a_b")).matches(Utf8.of("a" + end + "b")));
            assertEquals(true, LikePattern.compile(Utf8.of("_%_")).matches(Utf8.of("a" + end + "b")));
        }
    }

    @Test
    void when_escapeIsMisplaced_then_refused() {
        assertEquals(true, LikePattern.compile(Utf8.of("%!%%"), Utf8.of("!")).matches(Utf8.of("100%")));
        assertThrows(IllegalArgumentException.class, () -> LikePattern.compile(Utf8.of("a!b"), Utf8.of("!")));
        assertThrows(IllegalArgumentException.class, () -> LikePattern.compile(Utf8.of("a"), Utf8.of("!!")));
    }

    @Test
    void longResultsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> TextFunctions.repeat(Utf8.of("ab"), Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> TextFunctions.space(Integer.MAX_VALUE));
    }

    @Test
    void partsBetweenDelimiters() {
        assertEquals("b", TextFunctions.splitIndex(Utf8.of("a,b,c"), Utf8.of(","), 1).toString());
        assertEquals("", TextFunctions.splitIndex(Utf8.of(",x"), Utf8.of(","), 0).toString());
        assertNull(TextFunctions.splitIndex(Utf8.of("a,b"), Utf8.of(","), 2));
        assertNull(TextFunctions.splitIndex(Utf8.of("a"), Utf8.of(","), -1));
    }
}
