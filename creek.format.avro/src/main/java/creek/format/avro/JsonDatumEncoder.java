package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;

/** Encodes rows in Avro's JSON encoding, which the library makes from binary data. */
final class JsonDatumEncoder implements RowEncoder {
    private final Schema schema;
    private final RowEncoder toBinary;
    private final GenericDatumReader<GenericRecord> fromBinary;
    private final GenericDatumWriter<GenericRecord> toJson;
    private final BinaryWriter binary = new BinaryWriter();
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();

    JsonDatumEncoder(Schema schema, RowEncoder toBinary) {
        this.schema = schema;
        this.toBinary = toBinary;
        fromBinary = new GenericDatumReader<>(schema);
        toJson = new GenericDatumWriter<>(schema);
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        binary.reset();
        toBinary.encode(row, binary);
        json.reset();
        try {
            GenericRecord datum = fromBinary.read(null, DecoderFactory.get().binaryDecoder(binary.bytes(), 0, binary.size(), null));
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, json);
            toJson.write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] text = json.toByteArray();
        output.writeRaw(text, 0, text.length);
    }
}
