package creek.sql.internal.physical;

import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.udf.UserFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** All steps of a job. */
public final class PhysicalPlan {
    private final List<SinkNode> sinks;
    private final List<CatalogTable> sources;
    private final RelDataTypeFactory types;
    private final UpdateBefores befores;

    PhysicalPlan(List<SinkNode> sinks, List<CatalogTable> sources, RelDataTypeFactory types) {
        this.sinks = sinks;
        this.sources = sources;
        this.types = types;
        befores = new UpdateBefores(sinks);
    }

    /** The tables that are read. */
    public List<CatalogTable> sources() {
        return sources;
    }

    /** The tables that rows are looked up in; they are among those that are read. */
    public Set<CatalogTable> lookups() {
        Set<CatalogTable> tables = new LinkedHashSet<>();
        sinks.forEach(sink -> collectLookups(sink, tables));
        return tables;
    }

    private static void collectLookups(PhysicalNode node, Set<CatalogTable> tables) {
        if (node instanceof LookupJoinNode lookup) {
            tables.add(lookup.table());
        }
        node.inputs().forEach(input -> collectLookups(input, tables));
    }

    /** The tables that are written. */
    public List<CatalogTable> targets() {
        return sinks.stream().map(SinkNode::table).toList();
    }

    /** Whether other rows than inserts can come out anywhere. */
    public boolean isUpdating() {
        return sinks.stream().anyMatch(PhysicalNode::isUpdating);
    }

    /** What may go wrong although it is allowed, for people. */
    public List<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>();
        sinks.forEach(sink -> collectWarnings(sink, warnings));
        return List.copyOf(warnings);
    }

    private static void collectWarnings(PhysicalNode node, Set<String> warnings) {
        node.warning().ifPresent(warnings::add);
        node.inputs().forEach(input -> collectWarnings(input, warnings));
    }

    /** The plan for people: a line a step, each under the one that it feeds. */
    public String explain() {
        return explain(PhysicalNode::describe);
    }

    /** As {@link #explain}, each line with the kinds of rows that come out of the step. */
    public String explainWithChangelogMode() {
        return explain(node -> node.describe() + ", changelogMode="
                + (node instanceof SinkNode ? "[NONE]" : node.changes().shown(befores.isGiven(node))));
    }

    private String explain(Function<PhysicalNode, String> text) {
        List<String> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        sinks.forEach(sink -> explain(sink, 0, text, lines, seen));
        return String.join("\n", lines) + "\n";
    }

    private static void explain(PhysicalNode node, int depth, Function<PhysicalNode, String> text, List<String> lines, Set<String> seen) {
        boolean isNew = seen.add(node.digest());
        lines.add("  ".repeat(depth) + (isNew ? text.apply(node) : text.apply(node) + " (the same as above)"));
        if (isNew) {
            node.inputs().forEach(input -> explain(input, depth + 1, text, lines, seen));
        }
    }

    /** The plan for programs, in the form of Flink's execution plans. */
    public String json() {
        return JsonPlan.of(sinks);
    }

    /**
     * A job as Java.
     *
     * @param text      its source
     * @param functions the functions made from classes that it calls
     */
    public record Source(String text, Set<UserFunction> functions) {
    }

    /** The Java source of the job, whose class is {@code <packageName>.Job}. */
    public Source source(String packageName, String comment, Map<String, String> settings) {
        JobWriter writer = new JobWriter(types, befores, settings);
        settings.forEach(writer::setting);
        sinks.forEach(writer::sink);
        return new Source(writer.source(packageName, comment), writer.functions());
    }
}
