package creek.connector.nexmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/** Puts texts together in a buffer of its own, whose slices columns are set to. */
final class Texts {
    private static final String[] FIRST_NAMES =
            {"Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"};
    private static final String[] LAST_NAMES = {"Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"};
    private static final String[] CITIES =
            {"Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"};
    private static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};
    private static final String[] HOT_CHANNELS = {"Google", "Facebook", "Baidu", "Apple"};
    /** Half of the bids come by a hot channel. */
    private static final int HOT_CHANNEL_SHARE = 2;
    private static final int CHANNELS = 10_000;
    /** One of so many pages has no channel in its address. */
    private static final int PLAIN_PAGES = 10;
    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyzeaiou ".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LETTER_BITS = 5;
    private static final int LETTERS_A_DRAW = 12;

    private final Chance chance;
    private byte[] bytes = new byte[64];
    private int size;

    Texts(Chance chance) {
        this.chance = chance;
    }

    /** A column whose texts that puts together. */
    EventColumn column(ObjLongConsumer<Texts> text) {
        return (row, column, event) -> {
            size = 0;
            text.accept(this, event);
            row.setUtf8(column, bytes, 0, size);
        };
    }

    /** Letters, and now and then a space: from {@code least} to {@code most}. */
    Texts words(long event, int draw, int least, int most) {
        return letters(event, draw + 1, least + (int) chance.below(event, draw, most - least + 1L));
    }

    Texts letters(long event, int draw, int count) {
        reserve(count);
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = i % LETTERS_A_DRAW == 0 ? chance.bits(event, draw + i / LETTERS_A_DRAW) : bits >>> LETTER_BITS;
            bytes[size++] = ALPHABET[(int) bits & ALPHABET.length - 1];
        }
        return this;
    }

    Texts digits(long event, int draw, int count) {
        reserve(count);
        long bits = chance.bits(event, draw) >>> 1;
        for (int i = 0; i < count; i++, bits /= 10) {
            bytes[size++] = (byte) ('0' + bits % 10);
        }
        return this;
    }

    Texts add(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    private Texts number(long value) {
        if (value >= 10) {
            number(value / 10);
        }
        reserve(1);
        bytes[size++] = (byte) ('0' + value % 10);
        return this;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    private Texts oneOf(String[] texts, long event, int draw) {
        return add(texts[(int) chance.below(event, draw, texts.length)]);
    }

    Texts name(long event, int draw) {
        return oneOf(FIRST_NAMES, event, draw).add(" ").oneOf(LAST_NAMES, event, draw + 1);
    }

    Texts city(long event, int draw) {
        return oneOf(CITIES, event, draw);
    }

    Texts state(long event, int draw) {
        return oneOf(STATES, event, draw);
    }

    /** The channel that a bid came by; takes the same draws as {@link #url}. */
    Texts channel(long event, int draw) {
        return isHot(event, draw) ? oneOf(HOT_CHANNELS, event, draw + 1) : add("channel-").number(channelNumber(event, draw));
    }

    /** The page of a bid: three folders, and mostly the channel's id where it is not a hot one. */
    Texts url(long event, int draw) {
        long page = isHot(event, draw) ? chance.below(event, draw + 1, HOT_CHANNELS.length) : HOT_CHANNELS.length + channelNumber(event, draw);
        add("https://www.nexmark.com/").letters(page, draw + 10, 5).add("/").letters(page, draw + 11, 5).add("/").letters(page, draw + 12, 5)
                .add("/item.htm?query=1");
        return page < HOT_CHANNELS.length || page % PLAIN_PAGES == 0 ? this : add("&channel_id=").number(chance.bits(page, draw + 13) >>> 33);
    }

    private boolean isHot(long event, int draw) {
        return chance.below(event, draw, HOT_CHANNEL_SHARE) > 0;
    }

    private long channelNumber(long event, int draw) {
        return chance.below(event, draw + 2, CHANNELS);
    }
}
