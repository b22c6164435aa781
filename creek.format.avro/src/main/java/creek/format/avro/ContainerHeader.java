package creek.format.avro;

import creek.core.format.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** What a container file says of itself before its first block. */
final class ContainerHeader {
    static final String SCHEMA_KEY = "avro.schema";
    static final String CODEC_KEY = "avro.codec";
    private static final int LONGEST_SCHEMA = 1 << 20;

    private byte[] schemaText;
    private String codec = Codec.NULL.id();
    private byte[] sync;

    /** Reads the header that is all of what is there. */
    static ContainerHeader read(AvroInput in) throws DecodeException {
        byte[] magic = ContainerFraming.MAGIC;
        int from = in.position();
        if (in.remaining() < magic.length || !Arrays.equals(in.bytes(), from, from + magic.length, magic, 0, magic.length)) {
            throw in.error("not a container file, which starts with 'Obj' and a byte 1");
        }
        in.skip(magic.length);
        ContainerHeader header = new ContainerHeader();
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                String key = new String(bytes(in), StandardCharsets.UTF_8);
                byte[] value = bytes(in);
                if (key.equals(SCHEMA_KEY)) {
                    header.schemaText = value;
                } else if (key.equals(CODEC_KEY)) {
                    header.codec = new String(value, StandardCharsets.UTF_8);
                }
            }
        }
        int sync = in.position();
        in.skip(ContainerFraming.SYNC_SIZE);
        header.sync = Arrays.copyOfRange(in.bytes(), sync, in.position());
        if (header.schemaText == null || header.schemaText.length > LONGEST_SCHEMA) {
            throw in.error(header.schemaText == null ? "the file's header has no schema" : "the file's schema has more than 1 MB");
        }
        return header;
    }

    private static byte[] bytes(AvroInput in) throws DecodeException {
        int length = in.readLength();
        int from = in.position();
        in.skip(length);
        return Arrays.copyOfRange(in.bytes(), from, from + length);
    }

    byte[] schemaText() {
        return schemaText;
    }

    Codec codec() throws DecodeException {
        return Codec.of(codec);
    }

    byte[] sync() {
        return sync;
    }

    Schema schema() throws DecodeException {
        try {
            return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false)
                    .parse(new String(schemaText, StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError e) {
            // The library has many exceptions for wrong schemas, and reads nested ones by recursion.
            throw new DecodeException("avro: the file's schema is not one: " + e.getMessage(), -1);
        }
    }
}
