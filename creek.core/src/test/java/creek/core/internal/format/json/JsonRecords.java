package creek.core.internal.format.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Records that look alike: objects of the fields {@code f1} to {@code f14} and an object {@code g}, always the same ones. */
final class JsonRecords {
    private static final int FIELDS = 14;
    private static final String[] VALUES = {"true", "false", "null", "0", "-7", "123", "-1234567", "1234567", "12345678", "3.25", "-0.5", "12345.6", "123456.7",
            "1e5", "-2.5E-3", "[]", "{}", "[1,-2,3.5,\"x\",true]", "{\"f3\":1,\"f5\":\"in\",\"more\":[{}]}", " 5 ", " \"blank\" "};
    private static final String[] TEXTS = {"a", "ok-164", "}", "{", "]", ",", ":", "'", " ", "\\\"", "\\\\", "\\u00e9", "\\n", "\u00FC", "\u6E29", "\uD83D\uDE9C", "\t"};
    private static final String[] ODD = {"tru", "nul", "falsy", "01", "-", "-01", "1.", ".5", "+1", "1.2.3", "1e", "\"\\x\"", "\"open", "", "NaN", "[1", "{\"a\"}", "12a", "-a"};

    private final Random random = new Random(11);

    /** Mostly of the usual names in the usual order, with something odd or damaged in one of three. */
    byte[] record(int number) {
        List<Integer> names = new ArrayList<>();
        for (int field = 1; field <= FIELDS; field++) {
            if (random.nextInt(30) > 0) {
                names.add(field);
            }
        }
        if (number % 10 == 1) {
            Collections.shuffle(names, random);
        } else if (number % 10 == 2) {
            names.add(random.nextInt(names.size() + 1), 1 + random.nextInt(FIELDS));
        }
        int odd = number % 3 == 0 ? random.nextInt(3 * FIELDS) : -1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "{" : number % 50 == 3 ? " , " : ",").append("\"f").append(names.get(i)).append(number % 50 == 4 ? "\" : " : "\":");
            text.append(i == odd ? ODD[random.nextInt(ODD.length)] : value(names.get(i)));
        }
        byte[] record = text.append(random.nextInt(8) == 0 ? ",\"g\":{\"f1\":\"ok-1\",\"f3\":4,\"f4\":\"s\",\"f5\":\"t\",\"f6\":1.5}}" : "}").toString()
                .getBytes(StandardCharsets.UTF_8);
        return number % 3 == 0 && odd >= FIELDS ? damaged(record) : record;
    }

    private byte[] damaged(byte[] record) {
        int place = random.nextInt(record.length);
        if (random.nextBoolean()) {
            return Arrays.copyOf(record, place);
        }
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(record, 0, place);
        damaged.write("\"\\,:{}[]0-.e \u00FF\n".charAt(random.nextInt(15)));
        damaged.write(record, place + random.nextInt(2), record.length - place - 1);
        return damaged.toByteArray();
    }

    private String value(int field) {
        switch (field) {
            case 3:
                return String.valueOf(random.nextInt(1000) - 100);
            case 12:
                return random.nextInt(1000) + "." + random.nextInt(100);
            default:
        }
        if (field != 9 && random.nextBoolean()) {
            return VALUES[random.nextInt(VALUES.length)];
        }
        StringBuilder text = new StringBuilder("\"");
        for (int more = random.nextInt(random.nextInt(10) > 0 ? 8 : 60); more > 0; more--) {
            text.append(random.nextInt(3) > 0 ? "abcdefgh".substring(random.nextInt(8)) : TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.append('"').toString();
    }
}
