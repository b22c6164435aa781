package creek.core.internal.format;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows of any schema with values that are often at the edge of what there is. */
public final class RandomRows {
    private static final String[] PIECES = {"a", "Z", " ", "\"", "\\", "\n", "\r", "\t", ",", ";", "'", "\u0001", "é", "温", "🚜", "null", "12",
        "/", "#", "{", "]"};

    private final Random random;
    private final double nullShare;
    private final boolean controlCharacters;

    public RandomRows(long seed, double nullShare, boolean controlCharacters) {
        random = new Random(seed);
        this.nullShare = nullShare;
        this.controlCharacters = controlCharacters;
    }

    public Row next(Schema schema) {
        Row row = new Row(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            Boxing.unbox(schema.type(i), value(schema.type(i)), row, i);
        }
        return row.copy();
    }

    private Object value(DataType type) {
        if (random.nextDouble() < nullShare) {
            return null;
        }
        return switch (type.root()) {
            case CHAR, VARCHAR -> Utf8.of(text());
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) number();
            case SMALLINT -> (short) number();
            case INTEGER -> (int) number();
            case BIGINT -> number();
            case FLOAT -> random.nextBoolean() ? Float.intBitsToFloat(finite(random.nextInt())) : (float) (random.nextInt(100_000) / 100.0);
            case DOUBLE -> floating();
            case DECIMAL -> new BigDecimal(new BigInteger((int) (type.precision() * 3.3), random), type.scale());
            case DATE -> random.nextInt(100_000) - 30_000;
            case TIME_WITHOUT_TIME_ZONE -> random.nextInt(86_400_000) / unit(type.precision()) * unit(type.precision());
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                long millis = (random.nextLong() >> 21) / unit(type.precision()) * unit(type.precision());
                yield type.isMillis() ? (Object) millis : new Timestamp(millis, random.nextInt(1_000_000));
            }
            case BINARY, VARBINARY -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(type.children().get(0)));
                }
                yield elements;
            }
            case MAP -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put(Utf8.of(text()), value(type.children().get(1)));
                }
                yield entries;
            }
            case ROW -> next(type.schema());
            default -> null;
        };
    }

    private static int unit(int precision) {
        return precision == 0 ? 1000 : precision == 1 ? 100 : precision == 2 ? 10 : 1;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            String piece = PIECES[random.nextInt(PIECES.length)];
            text.append(controlCharacters || piece.charAt(0) >= ' ' ? piece : "_");
        }
        return text.toString();
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private double floating() {
        return switch (random.nextInt(3)) {
            case 0 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62) | random.nextLong() & 1L << 61);
            case 1 -> random.nextInt(10_000_000) / 100.0;
            default -> random.nextGaussian() * 1000;
        };
    }

    private static int finite(int bits) {
        return bits & ~(1 << 30);
    }
}
