package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Utf8;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class RegexPatternTest {
    private static final String[] PARTS = {"a", "b", "ab", "=", "é", "\\.", "\\d", "\\b", "\\w", ".", "^", "$", "[ab]", "[^&]", "[\\]a]", "(a|b)", "(&|^)", "(?:ab|c)", "(ab)", "()",
            "(a(b|=))", "|", "(?i)", "(?=a)", "a{2}", "\\Qa\\E", "🚜", "\\1", "(?i:a)", "(?!b)"};
    private static final String[] REPEATED = {"", "", "", "", "?", "*", "+", "??", "*?", "++"};
    private static final String[] ALPHABET = {"a", "b", "A", "=", "é", ".", "1", "&", " ", "🚜", "ab", "ab="};

    private final Random random = new Random(17);

    private String random(String[] parts, int longest, String[] endings) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]).append(endings[random.nextInt(endings.length)]);
        }
        return text.toString();
    }

    @Test
    void findsWhatJavaFinds() {
        int found = 0;
        for (int i = 0; i < 30_000; i++) {
            String regex = random(PARTS, 6, REPEATED);
            Pattern expected;
            try {
                expected = Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                assertNull(RegexPattern.compile(Utf8.of(regex)), regex);
                continue;
            }
            RegexPattern pattern = RegexPattern.compile(Utf8.of(regex));
            for (int j = 0; j < 5; j++) {
                String text = random(ALPHABET, 10, new String[] {""});
                Matcher first = expected.matcher(text);
                Matcher match = pattern.find(Utf8.of(text));
                assertEquals(first.find() ? first.toMatchResult().group() + " at " + first.start() : null,
                        match == null ? null : match.group() + " at " + match.start(), regex + " in " + text);
                found += match == null ? 0 : 1;
            }
        }
        assertTrue(found > 10_000);
    }

    @Test
    void looksForTheLongestTextThatMustBeThere() {
        assertEquals(5, NeededText.of("(&|^)channel_id=([^&]*)").earliestMatch("01234&channel_id=7"));
        assertEquals(-1, NeededText.of("(&|^)channel_id=([^&]*)").earliestMatch("01234&channel=7"));
        assertEquals(0, NeededText.of(".*abc").earliestMatch("01234abc"));
        assertEquals(3, NeededText.of("a?\\[b").earliestMatch("0123[b"));
        assertNull(NeededText.of("a|b|(c)"));
        assertNull(NeededText.of("(?i)abc"));
        assertNull(NeededText.of("[abc]+"));
    }
}
