package creek.connector.datagen;

import static creek.connector.datagen.FieldOptions.LENGTH;
import static creek.connector.datagen.FieldOptions.VAR_LEN;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Random hexadecimal digits, and random bytes. */
final class TextGenerators {
    private static final long DEFAULT_LENGTH = 100;
    private static final long LARGEST_LENGTH = 1 << 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final FieldOptions options;
    private final RandomGenerator random;

    TextGenerators(FieldOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** The longest length, and whether shorter ones come too. */
    private record Length(int most, boolean isVariable) {
    }

    private Length length(String field, DataType type) {
        long most = Math.min(type.precision(), LARGEST_LENGTH);
        if (type.root() == TypeRoot.CHAR || type.root() == TypeRoot.BINARY) {
            return new Length((int) most, false);
        }
        Long length = options.get(field, LENGTH, 1L, most);
        long ofType = type.precision() == DataType.MAX_LENGTH ? DEFAULT_LENGTH : most;
        return new Length((int) (length == null ? ofType : length), options.get(field, VAR_LEN));
    }

    private int next(Length length) {
        return length.isVariable() ? random.nextInt(1, length.most() + 1) : length.most();
    }

    ColumnGenerator texts(String field, DataType type) {
        Length length = length(field, type);
        byte[] text = new byte[length.most()];
        return (row, column, number) -> {
            int size = next(length);
            long digits = 0;
            for (int i = 0; i < size; i++) {
                digits = i % 16 == 0 ? random.nextLong() : digits >>> 4;
                text[i] = HEX[(int) digits & 0xF];
            }
            row.setUtf8(column, text, 0, size);
        };
    }

    ColumnGenerator bytes(String field, DataType type) {
        Length length = length(field, type);
        return (row, column, number) -> {
            byte[] bytes = new byte[next(length)];
            random.nextBytes(bytes);
            row.setObject(column, bytes);
        };
    }
}
