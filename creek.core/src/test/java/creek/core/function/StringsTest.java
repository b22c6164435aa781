package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Of every length, at the end of an array and not, with bytes around them that do not belong to them. */
    @Test
    void partsReplacementsAndCaseAreThoseOfJava() {
        String[] characters = {"a", "b", "A", "Z", "z", "[", "@", "`", "{", "/", ".", "\1", "\0", "é", "温", "🚜"};
        for (int i = 0; i < 50_000; i++) {
            int kinds = 1 + random.nextInt(characters.length);
            String string = text(characters, kinds, 30);
            Utf8 text = inArray(string);
            String wanted = text(characters, kinds, 2);
            String[] parts = string.split(Pattern.quote(wanted.isEmpty() ? " " : wanted), -1);
            int place = random.nextInt(5);
            String part = string.isEmpty() || place >= parts.length ? null : parts[place];
            assertEquals(part, Objects.toString(TextFunctions.splitIndex(text, inArray(wanted), place), null), string);
            String replacement = text(characters, kinds, 3);
            assertEquals(Utf8.of(string.replace(wanted, replacement)).toString(), TextFunctions.replace(text, inArray(wanted), inArray(replacement)).toString());
            assertEquals(string.toLowerCase(Locale.ROOT), Strings.lower(text).toString());
            assertEquals(string.toUpperCase(Locale.ROOT), Strings.upper(text).toString());
            assertEquals(string.codePointCount(0, string.length()), Strings.charLength(text));
            int at = string.indexOf(wanted);
            assertEquals(at < 0 ? 0 : string.codePointCount(0, at) + 1, Strings.position(inArray(wanted), text));
        }
    }

    private String text(String[] characters, int kinds, int longest) {
        return random.ints(random.nextInt(longest + 1), 0, kinds).mapToObj(c -> characters[c]).collect(Collectors.joining());
    }

    private Utf8 inArray(String string) {
        int before = random.nextInt(3);
        String all = "a/A".substring(3 - before) + string + "a/A/a/A/a/A".substring(random.nextInt(12));
        return new Utf8(all.getBytes(StandardCharsets.UTF_8), before, string.getBytes(StandardCharsets.UTF_8).length);
    }
}
