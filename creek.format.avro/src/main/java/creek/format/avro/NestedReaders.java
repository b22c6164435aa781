package creek.format.avro;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Readers of values that hold others. */
final class NestedReaders {
    private NestedReaders() {
    }

    /** Elements that take no bytes could be any number. */
    private static void requireBytes(AvroInput in, int before) throws DecodeException {
        if (in.position() == before) {
            throw in.error("elements without bytes");
        }
    }

    static final class OfArray extends ValueReader.OfObject {
        private final ValueReader element;

        OfArray(Schema schema, DataType type) {
            element = ValueReaders.of(schema.getElementType(), type.children().get(0));
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            List<Object> list = new ArrayList<>();
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    int before = in.position();
                    list.add(element.read(in));
                    requireBytes(in, before);
                }
            }
            return list;
        }
    }

    static final class OfMap extends ValueReader.OfObject {
        private final ValueReader value;

        OfMap(Schema schema, DataType type) {
            if (!type.children().get(0).isString()) {
                throw new IllegalArgumentException("Avro's map can't be read as " + type + ": its keys are strings");
            }
            value = ValueReaders.of(schema.getValueType(),
                    type.root() == TypeRoot.MULTISET ? DataType.integer().notNull() : type.children().get(1));
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    int length = in.readStringLength();
                    int from = in.position();
                    in.skip(length);
                    map.put(Utf8.of(Arrays.copyOfRange(in.bytes(), from, from + length)), value.read(in));
                }
            }
            return map;
        }
    }

    static final class OfRow extends ValueReader.OfObject {
        private final int arity;
        private final RecordReader record;

        OfRow(Schema schema, DataType type) {
            arity = type.fields().size();
            record = RecordReader.ofRow(schema, type.fields());
        }

        @Override
        Object read(AvroInput in) throws DecodeException {
            Row row = new Row(arity);
            record.read(in, row);
            return row;
        }
    }
}
