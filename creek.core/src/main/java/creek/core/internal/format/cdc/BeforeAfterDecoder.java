package creek.core.internal.format.cdc;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import java.util.ArrayList;
import java.util.List;

/** Records with the row {@code before} and {@code after} a change, and a letter for the change: Debezium's and Ogg's. */
final class BeforeAfterDecoder extends ChangeDecoder {
    private static final int CHANGE = 0;
    private static final int BEFORE = 1;
    private static final int AFTER = 2;
    private static final int FIRST_COLUMN = 3;
    private static final DataType PRESENCE = DataType.row(Schema.empty());

    private final String changeField;
    private final Change.Words words;
    private final int columns;

    private BeforeAfterDecoder(RowDecoder envelopes, String changeField, Change.Words words, int columns, boolean lenient) {
        super(envelopes, FIRST_COLUMN + 2 * columns, lenient);
        this.changeField = changeField;
        this.words = words;
        this.columns = columns;
    }

    /**
     * @param within      the field that holds what is of interest; null for the record itself
     * @param changeField the field that says what the change is
     */
    static RowDecoder of(Format json, DecoderContext context, String within, String changeField, Change.Words words, boolean lenient) {
        DataType image = DataType.row(context.schema());
        Schema record = Schema.of(List.of(new Column(changeField, DataType.string()), new Column("before", image), new Column("after", image)));
        Schema envelope = within == null ? record : Schema.empty().with(within, DataType.row(record));
        List<WantedColumn> wanted = new ArrayList<>();
        wanted.add(field(within, record, CHANGE, List.of(), DataType.string()));
        wanted.add(field(within, record, BEFORE, List.of(), PRESENCE));
        wanted.add(field(within, record, AFTER, List.of(), PRESENCE));
        for (int side : new int[] {BEFORE, AFTER}) {
            for (WantedColumn column : context.columns()) {
                List<String> path = new ArrayList<>(List.of(context.schema().name(column.column())));
                path.addAll(column.path());
                wanted.add(field(within, record, side, path, column.type()));
            }
        }
        RowDecoder decoder = json.createDecoder(new DecoderContext(context.options(), envelope, wanted, context.zone()));
        return new BeforeAfterDecoder(decoder, changeField, words, context.columns().size(), lenient);
    }

    private static WantedColumn field(String within, Schema record, int field, List<String> path, DataType type) {
        if (within == null) {
            return new WantedColumn(field, path, type);
        }
        List<String> whole = new ArrayList<>(List.of(record.name(field)));
        whole.addAll(path);
        return new WantedColumn(0, whole, type);
    }

    @Override
    boolean take(Row record, Row row) throws DecodeException {
        Change change = record.isNullAt(CHANGE) ? null : words.find(record.getUtf8(CHANGE));
        if (change == null) {
            throw new DecodeException(record.isNullAt(CHANGE) ? "the field '" + changeField + "', which says what has changed, is missing"
                    : "unknown \"" + changeField + "\" value \"" + record.getUtf8(CHANGE) + "\"", -1);
        }
        if (change != Change.INSERT && record.isNullAt(BEFORE)) {
            throw new DecodeException("the \"before\" field of the " + change + " message is null; a PostgreSQL table, for one, must have been set "
                    + "REPLICA IDENTITY to FULL level", -1);
        }
        if (change != Change.DELETE && record.isNullAt(AFTER)) {
            throw new DecodeException("the \"after\" field of the " + change + " message is null", -1);
        }
        copy(record, FIRST_COLUMN + (change == Change.INSERT ? columns : 0), row);
        row.setKind(switch (change) {
            case INSERT -> RowKind.INSERT;
            case UPDATE -> RowKind.UPDATE_BEFORE;
            default -> RowKind.DELETE;
        });
        if (change == Change.UPDATE) {
            Row after = new Row(columns);
            copy(record, FIRST_COLUMN + columns, after);
            add(after.copy(), RowKind.UPDATE_AFTER);
        }
        return true;
    }

    private void copy(Row record, int from, Row row) {
        for (int i = 0; i < columns; i++) {
            row.setFrom(i, record, from + i);
        }
    }
}
