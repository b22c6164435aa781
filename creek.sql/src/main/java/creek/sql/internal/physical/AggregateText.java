package creek.sql.internal.physical;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;

/** Aggregates as people read them in a plan. */
final class AggregateText {
    private AggregateText() {
    }

    /** {@code SUM(DISTINCT v) FILTER big}. */
    static String of(AggregateCall call, List<String> columns) {
        String arguments = call.getArgList().isEmpty() ? "*" : call.getArgList().stream().map(columns::get).collect(Collectors.joining(", "));
        return call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments + ")"
                + (call.filterArg < 0 ? "" : " FILTER " + columns.get(call.filterArg));
    }
}
