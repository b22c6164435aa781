package creek.format.avro;

import creek.core.format.DecodeException;
import org.apache.avro.Schema;

/** Goes past values that nobody wants, by their schema, which may be recursive. */
final class Skipper {
    private static final int DEEPEST = 500;

    private Skipper() {
    }

    static void skip(Schema schema, AvroInput in) throws DecodeException {
        skip(schema, in, 0);
    }

    private static void skip(Schema schema, AvroInput in, int depth) throws DecodeException {
        if (depth > DEEPEST) {
            throw in.error("values within each other are more than " + DEEPEST + " deep");
        }
        switch (schema.getType()) {
            case NULL -> {
                // takes no bytes
            }
            case BOOLEAN -> in.skip(1);
            case INT, LONG, ENUM -> in.readLong();
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case FIXED -> in.skip(schema.getFixedSize());
            case STRING, BYTES -> in.skip(in.readLength());
            case UNION -> skip(schema.getTypes().get(in.readBranch(schema.getTypes().size())), in, depth + 1);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), in, depth + 1);
                }
            }
            case ARRAY -> skipBlocks(schema.getElementType(), false, in, depth + 1);
            case MAP -> skipBlocks(schema.getValueType(), true, in, depth + 1);
        }
    }

    private static void skipBlocks(Schema element, boolean keyed, AvroInput in, int depth) throws DecodeException {
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                int before = in.position();
                if (keyed) {
                    in.skip(in.readLength());
                }
                skip(element, in, depth);
                if (in.position() == before) {
                    // Elements without bytes, however many the count says.
                    break;
                }
            }
        }
    }
}
