package creek.sql.internal.validate;

import com.google.common.base.Throwables;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.parse.StatementParser;
import creek.sql.internal.type.StreamRexBuilder;
import creek.sql.internal.type.StreamTypeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Util;

/** From parsed SQL to relations and row expressions: names resolved, types checked. Serves one statement of a session. */
public final class Analyzer implements RelOptTable.ViewExpander, RelOptTable.ToRelContext {
    private static final String UNKNOWN_FUNCTION = "No match found for function signature";
    /** Views within views are planned recursively. */
    private static final int MAX_VIEW_DEPTH = 50;

    private final Catalog catalog;
    private final StreamTypeFactory types;
    private final SqlOperatorTable operators;
    private final SqlRexConvertletTable convertlets;
    private final RelOptCluster cluster;
    private final StreamValidator validator;
    private int viewDepth;

    /** @param context what rules can ask the planner for */
    public Analyzer(Catalog catalog, StreamTypeFactory types, SqlOperatorTable operators, SqlRexConvertletTable convertlets, Context context) {
        this.catalog = catalog;
        this.types = types;
        this.operators = operators;
        this.convertlets = convertlets;
        HepPlanner planner = new HepPlanner(HepProgram.builder().build(), context);
        // casts of literals stay: Calcite would compute them by code of its own, whose results are not Flink's
        planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
        this.cluster = RelOptCluster.create(planner, new StreamRexBuilder(types));
        // no rule asks for metadata, and Calcite's handlers, which it compiles by Janino, would take longer than a whole planning
        cluster.setMetadataQuerySupplier(() -> new RelMetadataQuery(new NoMetadata()) {
            /** DISTINCT and subqueries ask: nothing is known. */
            @Override
            public Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
                return null;
            }

            @Override
            public Double getMaxRowCount(RelNode rel) {
                return null;
            }

            @Override
            public Double getMinRowCount(RelNode rel) {
                return null;
            }

            @Override
            public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
                return RelOptPredicateList.EMPTY;
            }
        });
        this.validator = newValidator();
    }

    private StreamValidator newValidator() {
        return new StreamValidator(operators, newCatalogReader(catalog.path()), types);
    }

    private CalciteCatalogReader newCatalogReader(List<String> path) {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
        // database.table and catalog.database.table are looked up as well
        List<List<String>> paths = List.of(path, List.of(Catalog.CATALOG), List.of());
        return new CalciteCatalogReader(catalog.rootSchema(), SqlNameMatchers.withCaseSensitive(true), paths, types, config) {
        };
    }

    public StreamTypeFactory types() {
        return types;
    }

    public RexBuilder rexBuilder() {
        return cluster.getRexBuilder();
    }

    /** The query as relations, its columns under the names that the query gives them. */
    public RelRoot toRel(SqlNode query) {
        return checked(query.getParserPosition(), () -> {
            SqlNode validated = validator.validate(query);
            return converter(validator).convertQuery(validated, false, true);
        });
    }

    /** An expression over the columns of a row. */
    public RexNode toRex(SqlNode expression, RelDataType rowType) {
        return checked(expression.getParserPosition(), () -> {
            Map<String, RelDataType> columns = new HashMap<>();
            Map<String, RexNode> references = new HashMap<>();
            for (RelDataTypeField field : rowType.getFieldList()) {
                columns.put(field.getName(), field.getType());
                references.put(field.getName(), RexInputRef.of(field.getIndex(), rowType));
            }
            StreamValidator own = newValidator();
            SqlNode validated = own.validateParameterizedExpression(expression, columns);
            return converter(own).convertExpression(validated, references);
        });
    }

    /** A declared type; nullable unless it says NOT NULL. */
    public RelDataType toType(SqlDataTypeSpec type) {
        return checked(type.getParserPosition(),
                () -> type.deriveType(validator, type.getNullable() == null || type.getNullable()));
    }

    private SqlToRelConverter converter(StreamValidator with) {
        SqlToRelConverter.Config config = SqlToRelConverter.config()
                .withTrimUnusedFields(false)
                .withExpand(false)
                // what a QUALIFY refers to must still be there beside the projection of the SELECT
                .addRelBuilderConfigTransform(builder -> builder.withBloat(-1))
                .withHintStrategyTable(Hints.STRATEGIES)
                .withInSubQueryThreshold(Integer.MAX_VALUE)
                .withAddJsonTypeOperatorEnabled(false);
        return new HintedConverter(this, with, newCatalogReader(catalog.path()), cluster, convertlets, config);
    }

    @Override
    public RelRoot expandView(RelDataType rowType, String query, List<String> schemaPath, List<String> viewPath) {
        if (++viewDepth > MAX_VIEW_DEPTH) {
            throw SqlError.invalid("views are nested more than " + MAX_VIEW_DEPTH + " deep");
        }
        StreamValidator own = new StreamValidator(operators, newCatalogReader(schemaPath), types);
        try {
            return converter(own).convertQuery(own.validate(StatementParser.parseQuery(query)), false, true);
        } finally {
            viewDepth--;
        }
    }

    @Override
    public RelOptCluster getCluster() {
        return cluster;
    }

    @Override
    public List<RelHint> getTableHints() {
        return List.of();
    }

    /** Has no handler for anything. */
    private static final class NoMetadata implements MetadataHandlerProvider {
        @Override
        public <H extends MetadataHandler<?>> H handler(Class<H> type) {
            return null;
        }
    }

    private interface Step<T> {
        T run();
    }

    /** Calcite's errors as ours, with the place that they name or that of the whole. */
    private static <T> T checked(SqlParserPos whole, Step<T> step) {
        try {
            return step.run();
        } catch (SqlError e) {
            throw e.about().isEmpty() ? e.at(whole) : e;
        } catch (CalciteContextException e) {
            throw atPlace(e);
        } catch (UnsupportedOperationException | AssertionError e) {
            throw SqlError.unsupported(String.valueOf(e.getMessage()), whole);
        } catch (IllegalArgumentException | IllegalStateException | CalciteException e) {
            throw SqlError.invalid(String.valueOf(e.getMessage()), whole, e);
        } catch (RuntimeException e) {
            // errors of literals within calls come wrapped
            for (Throwable cause : causes(e)) {
                if (cause instanceof CalciteContextException placed) {
                    throw atPlace(placed);
                }
            }
            throw e;
        }
    }

    private static SqlError atPlace(CalciteContextException e) {
        SqlParserPos place = new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
        SqlError own = Util.last(causes(e)) instanceof SqlError error ? error : null;
        String message = String.valueOf(Util.last(causes(e)).getMessage());
        return own != null ? own.at(place) : SqlError.invalid(message.startsWith(UNKNOWN_FUNCTION)
                ? message + "; SHOW FUNCTIONS lists those that are there" : message, place, e);
    }

    private static List<Throwable> causes(Throwable e) {
        return Throwables.getCausalChain(e);
    }
}
