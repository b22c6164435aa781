package creek.core.internal.format.json;

import creek.core.internal.format.EachByte;
import java.nio.charset.StandardCharsets;

/** How characters are written that can't stand in a JSON string as they are. */
final class JsonEscapes {
    private static final long BLANKS = 0x2020202020202020L;

    /** The escape of each ASCII character, or null for one that needs none. */
    static final byte[][] OF = new byte[128][];

    static {
        for (int c = 0; c < ' '; c++) {
            OF[c] = ascii(String.format("\\u%04X", c));
        }
        OF['"'] = ascii("\\\"");
        OF['\\'] = ascii("\\\\");
        OF['\b'] = ascii("\\b");
        OF['\f'] = ascii("\\f");
        OF['\n'] = ascii("\\n");
        OF['\r'] = ascii("\\r");
        OF['\t'] = ascii("\\t");
    }

    private JsonEscapes() {
    }

    /** Whether the eight bytes of the word can stand in a string as they are. */
    static boolean areNotNeeded(long word) {
        return (JsonString.quotesIn(word) | word - BLANKS & ~word & EachByte.HIGH_BITS) == 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
