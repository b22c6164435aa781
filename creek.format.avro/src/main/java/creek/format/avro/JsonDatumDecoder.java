package creek.format.avro;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Decodes data in Avro's JSON encoding, which the library turns into binary data first. */
final class JsonDatumDecoder implements RowDecoder {
    private final Schema schema;
    private final GenericDatumReader<GenericRecord> fromJson;
    private final GenericDatumWriter<GenericRecord> toBinary;
    private final DatumDecoder decoder;
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private BinaryEncoder binaryEncoder;

    JsonDatumDecoder(Schema schema, RecordReader reader) {
        this.schema = schema;
        fromJson = new GenericDatumReader<>(schema);
        toBinary = new GenericDatumWriter<>(schema);
        decoder = new DatumDecoder(reader);
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        if (from == to) {
            return false;
        }
        binary.reset();
        try {
            GenericRecord datum = fromJson.read(null, DecoderFactory.get().jsonDecoder(schema, new ByteArrayInputStream(bytes, from, to - from)));
            binaryEncoder = EncoderFactory.get().binaryEncoder(binary, binaryEncoder);
            toBinary.write(datum, binaryEncoder);
            binaryEncoder.flush();
        } catch (IOException | RuntimeException e) {
            // The library has many exceptions for wrong data, those of the JDK among them.
            throw new DecodeException("avro: not a datum in JSON of the table's schema: " + e.getMessage(), -1);
        }
        byte[] datum = binary.toByteArray();
        return decoder.decode(datum, 0, datum.length, row);
    }
}
