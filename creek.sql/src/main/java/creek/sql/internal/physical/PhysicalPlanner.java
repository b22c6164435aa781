package creek.sql.internal.physical;

import creek.core.connector.ChangelogMode;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.Statement;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.GroupAggregateRel;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.LateColumns;
import creek.sql.internal.plan.MatchRel;
import creek.sql.internal.plan.OverRel;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.SourceScan;
import creek.sql.internal.plan.SqlParts;
import creek.sql.internal.plan.TemporalJoinRel;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.plan.UnnestRel;
import creek.sql.internal.plan.WindowAggregateRel;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableSpool;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.parser.SqlParserPos;

/** From optimised relations to the steps of a job. A source that several parts of a job read becomes one step. */
public final class PhysicalPlanner {
    private static final ConfigOption<Boolean> DUPLICATES = ConfigOption.withDefault("table.exec.source.cdc-events-duplicate", Boolean.class,
            false, "whether sources may give changes more than once, so that they are brought in order by primary key");

    private final RexBuilder rex;
    private final TableModes modes;
    private final Options settings;
    private final Map<CatalogTable, SourceColumns> sources = new LinkedHashMap<>();
    private final Optional<CatalogTable> lateTable;
    private final Map<String, SinkNode> lateSinks = new LinkedHashMap<>();

    /**
     * @param settings  as SET gave them
     * @param lateTable where rows go that windows drop because they come too late
     */
    public PhysicalPlanner(RexBuilder rex, TableModes modes, Map<String, String> settings, Optional<CatalogTable> lateTable) {
        this.lateTable = lateTable;
        this.rex = rex;
        this.modes = modes;
        this.settings = Options.of(settings);
    }

    /** What kinds of rows tables give and take. */
    public interface TableModes {
        /** The kinds that come from a table. */
        ChangelogMode given(CatalogTable source);

        /** The kinds that a table takes. */
        ChangelogMode accepted(CatalogTable target);

        /** The table for records of a table that can't be decoded, where there is one. */
        default Optional<CatalogTable> deadLetters(CatalogTable source) {
            return Optional.empty();
        }
    }

    /** Rows to be written to a table, whose columns they have. */
    public record Insert(RelNode rows, CatalogTable target, Origin origin) {
        /** Where the INSERT names its table: a statement and a position in it, which is null for its beginning. */
        public record Origin(Statement statement, SqlParserPos position) {
        }
    }

    public PhysicalPlan plan(List<Insert> inserts) {
        inserts.forEach(insert -> collectSources(insert.rows()));
        List<SinkNode> sinks = new ArrayList<>();
        List<String> identities = new ArrayList<>();
        for (Insert insert : inserts) {
            ChangelogMode accepted = modes.accepted(insert.target());
            SinkNode first = new SinkNode(written(insert, accepted), insert.target(), accepted, 0);
            int before = (int) identities.stream().filter(first.digest()::equals).count();
            identities.add(first.digest());
            sinks.add(before == 0 ? first : new SinkNode(first.input(), insert.target(), accepted, before));
        }
        sinks.addAll(lateSinks.values());
        sinks.addAll(DeadLettersNode.sinks(rex, sinks, modes));
        return new PhysicalPlan(sinks, List.copyOf(sources.keySet()), rex.getTypeFactory());
    }

    /** The step, whose late rows go to the table that is there for them. */
    private PhysicalNode withLateRows(PhysicalNode windows, WindowSpec spec, Map<String, Integer> places) {
        if (lateTable.isPresent() && spec.isEventTime() && !spec.isAttached()) {
            lateSinks.computeIfAbsent(windows.digest(),
                    any -> LateRowsNode.sink(rex, windows, places, false, lateTable.get(), modes.accepted(lateTable.get())));
        }
        return windows;
    }

    /** The step whose rows go into the table. */
    private PhysicalNode written(Insert insert, ChangelogMode accepted) {
        CatalogTable table = insert.target();
        try {
            PhysicalNode rows = translate(insert.rows());
            if (accepted == ChangelogMode.INSERT_ONLY) {
                rows.requireInserts("Table sink '" + table.objectName().qualified() + "'");
            }
            return UpsertMaterializeNode.before(table, NotNullNode.before(table, rows), settings);
        } catch (SqlError e) {
            throw e.in(insert.origin().statement(), insert.origin().position());
        }
    }

    private void collectSources(RelNode node) {
        if (node instanceof CalcRel calc && calc.getInput() instanceof SourceScan scan) {
            calc.expressions().forEach(columns(scan)::want);
        } else if (node instanceof SourceScan scan) {
            rex.identityProjects(scan.getRowType()).forEach(columns(scan)::want);
        } else {
            node.getInputs().forEach(this::collectSources);
        }
    }

    private SourceColumns columns(SourceScan scan) {
        return sources.computeIfAbsent(scan.table(), table -> {
            SourceColumns columns = new SourceColumns(rex, table);
            if (isNormalized(table)) {
                List<String> names = scan.getRowType().getFieldNames();
                table.primaryKey().forEach(key -> columns.want(rex.makeInputRef(scan, names.indexOf(key))));
            }
            return columns;
        });
    }

    /** Whether a table's changes need to be completed, or may come twice, so that the last row of each primary key has to be kept. */
    private boolean isNormalized(CatalogTable table) {
        ChangelogMode mode = modes.given(table);
        if (mode == ChangelogMode.INSERT_ONLY || mode == ChangelogMode.ALL && !settings.get(DUPLICATES)) {
            return false;
        }
        if (table.primaryKey().isEmpty()) {
            throw SqlError.invalid(mode == ChangelogMode.UPSERT ? "Table '" + table.objectName().qualified() + "' produces a changelog stream "
                    + "contains UPDATE_AFTER, no UPDATE_BEFORE. This requires to define primary key constraint on the table."
                    : "Configuration '" + DUPLICATES.key() + "' is enabled which requires the changelog sources to define a PRIMARY KEY. However, "
                    + "table '" + table.objectName().qualified() + "' doesn't have a primary key.");
        }
        return true;
    }

    /** How many tables of the same name, but not the same, were met before this one. */
    private int number(CatalogTable table) {
        return (int) sources.keySet().stream().takeWhile(each -> each != table).filter(each -> each.name().equals(table.name())).count();
    }

    /** The step for a relation; the one place to know which step does which relation. */
    PhysicalNode translate(RelNode node) {
        try {
            PhysicalNode step = step(node);
            return step.dropsLateRows() ? withLateRows(step) : step;
        } catch (SqlError e) {
            throw e.about(SqlParts.of(node));
        }
    }

    private PhysicalNode step(RelNode node) {
        if (node instanceof CalcRel calc && calc.getInput() instanceof SourceScan scan) {
            return calcOverSource(calc, scan);
        }
        if (node instanceof SourceScan scan) {
            List<RexNode> all = List.copyOf(rex.identityProjects(scan.getRowType()));
            return calcOverSource(CalcRel.create(scan, null, all, scan.getRowType().getFieldNames()), scan);
        }
        if (node instanceof CalcRel calc) {
            return new CalcNode(translate(calc.getInput()), calc.condition() == null ? null : TimeAttributes.strip(calc.condition()),
                    calc.projects().stream().map(TimeAttributes::strip).toList(), calc.getRowType());
        }
        if (node instanceof WindowAggregateRel aggregate) {
            return withLateRows(new WindowAggregateNode(translate(aggregate.getInput()), aggregate, EmitSettings.of(aggregate.windows(), settings)),
                    aggregate.windows(), aggregate.late());
        }
        if (node instanceof WindowRel window) {
            WindowAssignNode assigned = new WindowAssignNode(translate(window.getInput()), window);
            return window.windows().kind() != WindowSpec.Kind.SESSION ? assigned
                    : withLateRows(assigned, window.windows(), LateColumns.places(window.getInput()));
        }
        if (node instanceof JoinRel join) {
            return JoinSteps.join(rex, join, translate(join.getLeft()), translate(join.getRight()));
        }
        if (node instanceof TemporalJoinRel join) {
            return JoinSteps.join(rex, join, translate(join.getLeft()), translate(join.getRight()));
        }
        if (node instanceof UnnestRel unnest) {
            return UnnestNode.of(unnest, translate(unnest.getInput()));
        }
        if (node instanceof GroupAggregateRel aggregate) {
            return new GroupAggregateNode(translate(aggregate.getInput()), aggregate);
        }
        if (node instanceof SetOp operation) {
            List<PhysicalNode> inputs = operation.getInputs().stream().map(each -> cast(translate(each), operation.getRowType())).toList();
            return operation instanceof Union ? new UnionNode(inputs, operation.getRowType())
                    : new SetOperationNode(operation, inputs, operation.getRowType());
        }
        if (node instanceof RankRel rank) {
            return RankSteps.rank(rank, translate(rank.getInput()));
        }
        if (node instanceof Sort sort) {
            return RankSteps.sort(sort, translate(sort.getInput()));
        }
        if (node instanceof Values values) {
            return ValuesSteps.of(rex, values);
        }
        if (node instanceof MatchRel match) {
            return new MatchNode(translate(match.getInput()).requireInserts("Match Recognize"), match);
        }
        if (node instanceof OverRel over) {
            return over.isByTime() ? new OverNode(translate(over.getInput()).requireInserts("OverAggregate"), over)
                    : new NonTimeOverNode(translate(over.getInput()), over);
        }
        throw SqlError.unsupported(refusal(node));
    }

    /** The step, whose late rows go to the table that is there for them as they come to the step: with the columns that they still have. */
    private PhysicalNode withLateRows(PhysicalNode step) {
        if (lateTable.isPresent()) {
            List<String> names = step.input().rowType().getFieldNames();
            Map<String, Integer> places = new LinkedHashMap<>();
            names.forEach(name -> places.putIfAbsent(name, names.indexOf(name)));
            lateSinks.computeIfAbsent(step.digest(),
                    any -> LateRowsNode.sink(rex, step, places, true, lateTable.get(), modes.accepted(lateTable.get())));
        }
        return step;
    }

    /** The step's rows with columns of these types. */
    private PhysicalNode cast(PhysicalNode step, RelDataType rowType) {
        List<RexNode> columns = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            RexNode column = rex.makeInputRef(step.rowType().getFieldList().get(i).getType(), i);
            columns.add(Rewrites.castTo(rex, column, rowType.getFieldList().get(i).getType()));
            same &= columns.get(i) == column;
        }
        return same ? step : new CalcNode(step, null, columns, rowType);
    }

    private PhysicalNode calcOverSource(CalcRel calc, SourceScan scan) {
        SourceColumns columns = columns(scan);
        PhysicalNode read = new SourceNode(scan.table(), columns, modes.given(scan.table()), number(scan.table()));
        PhysicalNode source = isNormalized(scan.table()) ? new ChangelogNormalizeNode(read) : read;
        RexNode condition = calc.condition() == null ? null : columns.over(calc.condition());
        List<RexNode> projects = calc.projects().stream().map(columns::over).toList();
        // the source gives nothing but what is wanted, often just as it is
        return condition == null && projects.size() == source.rowType().getFieldCount() && RexUtil.isIdentity(projects, source.rowType())
                ? source : new CalcNode(source, condition, projects, calc.getRowType());
    }

    private static String refusal(RelNode node) {
        if (node instanceof Collect) {
            return "ARRAY, MAP and MULTISET of a query, and MULTISET[...], are not supported; aggregate by ARRAY_AGG or COLLECT";
        }
        if (node instanceof RepeatUnion || node instanceof TableSpool) {
            return "WITH RECURSIVE is not supported: a query can't read its own result";
        }
        if (node instanceof Sample) {
            return "TABLESAMPLE is not supported; filter by RAND() < 0.5, say";
        }
        if (node instanceof Snapshot) {
            return "FOR SYSTEM_TIME AS OF is supported for the right side of a join alone, with a time attribute of the left side";
        }
        return "this query has a part that is not supported: " + node.getRelTypeName().replaceFirst("^Logical", "");
    }
}
