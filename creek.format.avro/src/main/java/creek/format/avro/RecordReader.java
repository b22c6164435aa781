package creek.format.avro;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.WantedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads the wanted columns out of records of one schema and skips what is not wanted. Fields are found by name. */
final class RecordReader {
    /** What is done at one place of the data: read, or skip. */
    private interface Step {
        void read(AvroInput in, Row row) throws DecodeException;
    }

    private final Step step;

    private RecordReader(Step step) {
        this.step = step;
    }

    /**
     * A reader of the context's columns.
     *
     * @throws IllegalArgumentException if the schema has no such columns
     */
    static RecordReader of(Schema schema, DecoderContext context) {
        Wanted root = new Wanted();
        for (int i = 0; i < context.columns().size(); i++) {
            WantedColumn column = context.columns().get(i);
            Wanted field = root.field(context.schema().name(column.column()));
            for (String inner : column.path()) {
                field = field.field(inner);
            }
            field.targets.add(new Target(i, column.type(), false));
        }
        return new RecordReader(step(schema, root, ""));
    }

    /** A reader of a row that is a value: its strings own their bytes. */
    static RecordReader ofRow(Schema schema, List<Column> fields) {
        Wanted root = new Wanted();
        for (int i = 0; i < fields.size(); i++) {
            root.field(fields.get(i).name()).targets.add(new Target(i, fields.get(i).type(), true));
        }
        return new RecordReader(step(schema, root, ""));
    }

    /** Reads a record into a row whose columns are all null. */
    void read(AvroInput in, Row row) throws DecodeException {
        step.read(in, row);
    }

    private static Step step(Schema schema, Wanted wanted, String path) {
        List<Step> steps = new ArrayList<>();
        for (Target target : wanted.targets) {
            steps.add(step(schema, target, path));
        }
        if (!wanted.fields.isEmpty()) {
            steps.add(fields(schema, wanted, path));
        }
        if (steps.isEmpty()) {
            return (in, row) -> Skipper.skip(schema, in);
        }
        Step first = steps.get(0);
        return steps.size() == 1 ? first : (in, row) -> {
            int start = in.position();
            for (Step each : steps) {
                in.position(start);
                each.read(in, row);
            }
        };
    }

    private static Step step(Schema schema, Target target, String path) {
        ValueReader reader;
        try {
            reader = ValueReaders.of(schema, target.type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path.isEmpty() ? e.getMessage() : "field '" + path + "': " + e.getMessage(), e);
        }
        int column = target.column;
        if (target.owned && target.type.isString()) {
            return (in, row) -> {
                Utf8 value = (Utf8) reader.read(in);
                if (value != null) {
                    row.setUtf8(column, value);
                }
            };
        }
        return (in, row) -> reader.read(in, row, column);
    }

    /** Reads fields of a record, or of those branches of a union that are records. */
    private static Step fields(Schema schema, Wanted wanted, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, wanted, path);
            case NULL -> (in, row) -> {
                // and what is in it is null
            };
            case UNION -> {
                Step[] branches = schema.getTypes().stream().map(branch -> fields(branch, wanted, path)).toArray(Step[]::new);
                yield (in, row) -> branches[in.readBranch(branches.length)].read(in, row);
            }
            default -> throw new IllegalArgumentException((path.isEmpty() ? "the schema" : "field '" + path + "'") + " is not a record");
        };
    }

    private static Step record(Schema schema, Wanted wanted, String path) {
        wanted.fields.forEach((name, field) -> {
            if (schema.getField(name) == null) {
                field.requireNullable(path + name);
            }
        });
        Step[] steps = new Step[schema.getFields().size()];
        for (Schema.Field field : schema.getFields()) {
            Wanted inner = wanted.fields.getOrDefault(field.name(), Wanted.NOTHING);
            steps[field.pos()] = step(field.schema(), inner, path.isEmpty() ? field.name() : path + "." + field.name());
        }
        return (in, row) -> {
            for (Step each : steps) {
                each.read(in, row);
            }
        };
    }

    /** A column of the row that a value goes to. */
    private record Target(int column, DataType type, boolean owned) {
    }

    /** What is wanted of a value: all of it, for some columns, and some of its fields. */
    private static final class Wanted {
        static final Wanted NOTHING = new Wanted();

        final List<Target> targets = new ArrayList<>();
        final Map<String, Wanted> fields = new LinkedHashMap<>();

        Wanted field(String name) {
            return fields.computeIfAbsent(name, key -> new Wanted());
        }

        void requireNullable(String path) {
            for (Target target : targets) {
                if (!target.type.isNullable()) {
                    throw new IllegalArgumentException("there is no field '" + path + "', and its column is " + target.type);
                }
            }
            fields.forEach((name, field) -> field.requireNullable(path + "." + name));
        }
    }
}
