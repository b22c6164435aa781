package creek.core.internal.match;

import creek.core.data.Row;
import creek.core.operator.Accumulator;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchedRows;
import creek.core.operator.OperatorContext;
import java.util.Arrays;
import java.util.List;

/** The rows of a match, complete or not, as expressions see them. One instance serves all matches, one after the other. */
abstract class RowsOfMatch implements MatchedRows {
    private final Row none;
    final List<MatchAggregates> aggregates;
    private final Row[] arguments;
    private final Row[] results;

    /** The match. */
    Entry last;
    long time;

    RowsOfMatch(int arity, List<MatchAggregates> aggregates) {
        this.none = new Row(arity);
        this.aggregates = aggregates;
        this.arguments = aggregates.stream().map(each -> new Row(each.columns())).toArray(Row[]::new);
        this.results = aggregates.stream().map(each -> new Row(each.results())).toArray(Row[]::new);
    }

    void open(OperatorContext context) throws Exception {
        for (MatchAggregates each : aggregates) {
            if (each.arguments() != null) {
                each.arguments().open(context);
            }
        }
    }

    /** The last entry of a variable, or null. */
    final Entry lastOf(int variable) {
        Entry entry = last;
        while (variable != ANY && entry != null && entry.variable > variable) {
            entry = entry.beforeBlock();
        }
        return entry == null || variable != ANY && entry.variable != variable ? null : entry;
    }

    /** Number of the variable's rows. */
    final int count(int variable) {
        int count = 0;
        for (Entry block = lastOf(variable); block != null; block = variable == ANY ? block.beforeBlock() : null) {
            count += block.index + 1;
        }
        return count;
    }

    final Row fromEnd(int variable, int offset) {
        Entry entry = lastOf(variable);
        int places = offset;
        while (entry != null && places > entry.index) {
            places -= entry.index + 1;
            entry = variable == ANY ? entry.beforeBlock() : null;
        }
        return entry == null ? none : entry.back(places).event.row;
    }

    final Row fromStart(int variable, int offset, int count) {
        return offset >= count ? none : offset == 0 && variable == ANY ? last.origin().event.row : fromEnd(variable, count - 1 - offset);
    }

    final void accumulate(int place, Accumulator accumulator, Row row) throws Exception {
        MatchAggregates each = aggregates.get(place);
        if (each.arguments() == null) {
            accumulator.accumulate(row);
        } else if (each.arguments().project(row, arguments[place])) {
            accumulator.accumulate(arguments[place]);
        }
    }

    final Row emit(int place, Accumulator accumulator) throws Exception {
        accumulator.emit(results[place], 0);
        return results[place];
    }

    @Override
    public long time() {
        return time;
    }

    /** Those of a complete match. */
    static final class Complete extends RowsOfMatch {
        private final Accumulator[] accumulators;
        private Row[] rows = new Row[16];

        Complete(int arity, List<MatchAggregates> aggregates) {
            super(arity, aggregates);
            accumulators = aggregates.stream().map(each -> each.prototype().newInstance()).toArray(Accumulator[]::new);
        }

        @Override
        public Row first(int variable, int offset) {
            return fromStart(variable, offset, count(variable));
        }

        @Override
        public Row last(int variable, int offset) {
            return fromEnd(variable, offset);
        }

        @Override
        public Row aggregates(int place) throws Exception {
            int variable = aggregates.get(place).variable();
            int count = count(variable);
            if (count > rows.length) {
                rows = new Row[2 * count];
            }
            Entry entry = lastOf(variable);
            for (int i = count - 1; i >= 0; i--) {
                rows[i] = entry.event.row;
                entry = entry.previous;
            }
            if (!accumulators[place].reset()) {
                accumulators[place] = accumulators[place].newInstance();
            }
            for (int i = 0; i < count; i++) {
                accumulate(place, accumulators[place], rows[i]);
            }
            Arrays.fill(rows, 0, count, null);
            return emit(place, accumulators[place]);
        }
    }

    /** Those of a match that has begun, and a row that may be next. */
    static final class Begun extends RowsOfMatch {
        private final Accumulator[] withRow;
        private Run run;
        private Row row;
        /** The variable that the row is asked about for. */
        int candidate;

        Begun(int arity, List<MatchAggregates> aggregates) {
            super(arity, aggregates);
            withRow = aggregates.stream().map(each -> each.prototype().newInstance()).toArray(Accumulator[]::new);
        }

        void set(Run newRun, Event event) {
            run = newRun;
            last = newRun.last;
            row = event.row;
            time = event.time;
        }

        Row row() {
            return row;
        }

        private boolean includesRow(int variable) {
            return variable == ANY || variable == candidate;
        }

        @Override
        public Row first(int variable, int offset) {
            int count = count(variable);
            return offset == count && includesRow(variable) ? row : fromStart(variable, offset, count);
        }

        @Override
        public Row last(int variable, int offset) {
            return !includesRow(variable) ? fromEnd(variable, offset) : offset == 0 ? row : fromEnd(variable, offset - 1);
        }

        @Override
        public Row aggregates(int place) throws Exception {
            boolean includesRow = includesRow(aggregates.get(place).variable());
            if (!includesRow && run.aggregates[place] != null) {
                return emit(place, run.aggregates[place]);
            }
            if (!withRow[place].reset()) {
                withRow[place] = withRow[place].newInstance();
            }
            if (run.aggregates[place] != null) {
                withRow[place].merge(run.aggregates[place]);
            }
            if (includesRow) {
                accumulate(place, withRow[place], row);
            }
            return emit(place, withRow[place]);
        }
    }
}
