package creek.core.internal.format.cdc;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Records with rows as they are now in {@code data}, and in {@code old} what the fields that an update changed were before: Canal's, with several
 * rows a record, and Maxwell's, with one.
 */
final class DataOldDecoder extends ChangeDecoder {
    private static final int TYPE = 0;
    private static final int DATA = 1;
    private static final int OLD = 2;
    private static final int OLD_FIELDS = 3;
    private static final int DATABASE = 4;
    private static final int TABLE = 5;
    private static final int COLUMNS = 6;

    private final boolean several;
    private final Change.Words words;
    private final Pattern databases;
    private final Pattern tables;
    private final List<WantedColumn> columns;
    /** The whole columns that are needed, and the place among them of each wanted one. */
    private final Schema whole;
    private final int[] places;
    private final Utf8[] names;

    private DataOldDecoder(RowDecoder envelopes, DecoderContext context, Schema whole, boolean several, Change.Words words, Pattern databases,
            Pattern tables, boolean lenient) {
        super(envelopes, COLUMNS, lenient);
        this.several = several;
        this.words = words;
        this.databases = databases;
        this.tables = tables;
        this.whole = whole;
        columns = context.columns();
        places = columns.stream().mapToInt(column -> whole.indexOf(context.schema().name(column.column()))).toArray();
        names = whole.columns().stream().map(column -> Utf8.of(column.name())).toArray(Utf8[]::new);
    }

    /**
     * @param several   whether {@code data} and {@code old} are arrays
     * @param databases the databases whose changes are wanted; null for all
     * @param tables    the tables whose changes are wanted; null for all
     */
    static RowDecoder of(Format json, DecoderContext context, boolean several, Change.Words words, Pattern databases, Pattern tables,
            boolean lenient) {
        List<Column> needed = context.columns().stream().map(column -> context.schema().columns().get(column.column())).distinct().toList();
        Schema whole = Schema.of(needed);
        DataType rows = several ? DataType.array(DataType.row(whole)) : DataType.row(whole);
        DataType fields = DataType.map(DataType.string(), DataType.string());
        DataType text = DataType.string();
        Schema envelope = Schema.empty().with("type", text).with("data", rows).with("old", rows).with("database", text).with("table", text);
        List<WantedColumn> wanted = List.of(new WantedColumn(0, List.of(), text), new WantedColumn(1, List.of(), rows),
                new WantedColumn(2, List.of(), rows), new WantedColumn(2, List.of(), several ? DataType.array(fields) : fields),
                new WantedColumn(3, List.of(), text), new WantedColumn(4, List.of(), text));
        RowDecoder decoder = json.createDecoder(new DecoderContext(context.options(), envelope, wanted, context.zone()));
        return new DataOldDecoder(decoder, context, whole, several, words, databases, tables, lenient);
    }

    @Override
    boolean take(Row record, Row row) throws DecodeException {
        if (!matches(databases, record, DATABASE) || !matches(tables, record, TABLE)) {
            return false;
        }
        Change change = record.isNullAt(TYPE) ? null : words.find(record.getUtf8(TYPE));
        if (change == null) {
            throw new DecodeException(record.isNullAt(TYPE) ? "the field 'type', which says what has changed, is missing"
                    : "unknown \"type\" value \"" + record.getUtf8(TYPE) + "\"", -1);
        }
        if (change == Change.OTHER) {
            return false;
        }
        List<?> data = rows(record, DATA, change);
        List<?> old = change == Change.UPDATE ? rows(record, OLD, change) : List.of();
        if (change == Change.UPDATE && old.size() < data.size()) {
            throw new DecodeException("the array 'old' has fewer rows than 'data'", -1);
        }
        for (int i = 0; i < data.size(); i++) {
            Row now = image(data.get(i), "data");
            if (change == Change.UPDATE) {
                add(wanted(before(image(old.get(i), "old"), now, record)), RowKind.UPDATE_BEFORE);
            }
            add(wanted(now), change == Change.INSERT ? RowKind.INSERT : change == Change.UPDATE ? RowKind.UPDATE_AFTER : RowKind.DELETE);
        }
        return next(row);
    }

    private static boolean matches(Pattern pattern, Row record, int column) {
        return pattern == null || !record.isNullAt(column) && pattern.matcher(record.getUtf8(column).toString()).matches();
    }

    private List<?> rows(Row record, int column, Change change) throws DecodeException {
        if (record.isNullAt(column)) {
            throw new DecodeException("the field '" + (column == DATA ? "data" : "old") + "' of the " + change + " message is null", -1);
        }
        return several ? record.getList(column) : List.of(record.getRow(column));
    }

    private static Row image(Object element, String field) throws DecodeException {
        if (element == null) {
            throw new DecodeException("the array '" + field + "' has a null in the place of a row", -1);
        }
        return (Row) element;
    }

    /** The row before: fields that {@code old} does not name have not changed. As in Flink, any row in it names them for all. */
    private Row before(Row old, Row now, Row record) {
        Row before = new Row(names.length);
        for (int i = 0; i < names.length; i++) {
            before.setFrom(i, old.isNullAt(i) && !isNamed(names[i], record) ? now : old, i);
        }
        return before;
    }

    private boolean isNamed(Utf8 name, Row record) {
        if (record.isNullAt(OLD_FIELDS)) {
            return false;
        }
        if (!several) {
            return record.getMap(OLD_FIELDS).containsKey(name);
        }
        for (Object fields : record.getList(OLD_FIELDS)) {
            if (fields != null && ((Map<?, ?>) fields).containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    /** The wanted columns and fields of a row of whole columns. */
    private Row wanted(Row image) {
        Row row = new Row(places.length);
        for (int i = 0; i < places.length; i++) {
            Row from = image;
            int place = places[i];
            Schema schema = whole;
            for (String field : columns.get(i).path()) {
                if (from.isNullAt(place)) {
                    break;
                }
                from = from.getRow(place);
                schema = schema.type(place).schema();
                place = schema.indexOf(field);
            }
            row.setFrom(i, from, place);
        }
        return row;
    }
}
