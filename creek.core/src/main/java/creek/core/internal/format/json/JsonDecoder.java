package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.internal.format.Utf8Validator;

/** Decodes records that are JSON objects; what comes after the object is not looked at. */
final class JsonDecoder implements RowDecoder {
    private final JsonReadOptions options;
    private final JsonObject root;
    private long ignored;

    JsonDecoder(DecoderContext context, JsonReadOptions options) {
        this.options = options;
        root = new JsonObject(options);
        for (int i = 0; i < context.columns().size(); i++) {
            WantedColumn wanted = context.columns().get(i);
            JsonObject object = root;
            String name = context.schema().name(wanted.column());
            for (String inner : wanted.path()) {
                object = object.field(name).nested(options);
                name = inner;
            }
            JsonField field = object.field(name);
            if (wanted.element() instanceof Integer place) {
                field = field.elements(options).element(place);
            } else if (wanted.element() instanceof String key) {
                field = field.nested(options.ofEntries()).field(key);
            }
            field.addColumn(new JsonValue(wanted.wantedType(), options), i);
        }
        root.complete();
    }

    /** Sets all wanted columns, so that the row need not be cleared before. */
    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        options.text().reset();
        options.end().given();
        try {
            int p = from;
            if (p >= to || bytes[p] != '{') {
                p = findObject(bytes, from, to);
                if (p == to) {
                    return false;
                }
            }
            root.decode(bytes, p + 1, to, row);
            root.setMissingNull(row);
            return true;
        } catch (DecodeException e) {
            if (options.lenient()) {
                ignored++;
                return false;
            }
            throw new DecodeException(e.getMessage(), e.offset() - from);
        }
    }

    /** Leaves lines that do not begin with their object, and all that is wrong with others, to {@link #decode}. */
    @Override
    public int decodeLine(byte[] bytes, int from, int to, Row row) {
        if (bytes[from] != '{' || !options.end().open()) {
            return -1;
        }
        options.text().reset();
        try {
            int p = root.decode(bytes, from + 1, to, row);
            root.setMissingNull(row);
            return p < to && bytes[p] == '\n' ? p : Framing.LINES.findEnd(bytes, p, to);
        } catch (DecodeException e) {
            return -1;
        }
    }

    /** The place of the opening brace, or {@code to} if there is nothing at all. */
    private static int findObject(byte[] bytes, int from, int to) throws DecodeException {
        int p = JsonScanner.skipSpace(bytes, Utf8Validator.skipMark(bytes, from, to), to);
        if (p < to && bytes[p] != '{') {
            throw new DecodeException("expected a JSON object but found " + JsonScanner.shown(bytes[p]), p);
        }
        return p;
    }

    @Override
    public long ignored() {
        return ignored;
    }
}
