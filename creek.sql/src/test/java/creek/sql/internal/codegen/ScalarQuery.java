package creek.sql.internal.codegen;

import creek.core.data.Row;
import creek.core.operator.Calc;
import creek.core.operator.OperatorContext;
import creek.sql.internal.function.Convertlets;
import creek.sql.internal.function.FunctionCatalogue;
import creek.sql.internal.type.StreamRexBuilder;
import creek.sql.internal.type.StreamTypeFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.flink.sql.parser.FlinkSqlParsingValidator;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.codehaus.janino.SimpleCompiler;

/** A SELECT without FROM's joins, compiled into a {@link Calc} whose columns are the results cast to STRING. */
final class ScalarQuery {
    static final StreamTypeFactory TYPES = new StreamTypeFactory();

    final List<String> names;
    final List<RelDataType> types = new ArrayList<>();
    final String source;
    private final Calc calc;

    /** @param rowType of the table {@code n} */
    ScalarQuery(String table, RelDataType rowType, String sql, ZoneId zone) throws Exception {
        RelNode plan = plan(table, rowType, sql);
        RexBuilder rex = new StreamRexBuilder(TYPES);
        RexNode condition = null;
        List<RexNode> projections = new ArrayList<>();
        names = plan.getRowType().getFieldNames();
        RelDataType string = TYPES.createTypeWithNullability(TYPES.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE), true);
        for (RexNode project : ((Project) plan).getProjects()) {
            types.add(project.getType());
            projections.add(rex.makeAbstractCast(TYPES.createTypeWithNullability(string, project.getType().isNullable()), project, false));
        }
        if (plan.getInput(0) instanceof Filter filter) {
            condition = filter.getCondition();
        }
        Imports imports = new Imports();
        ClassBody body = new ClassBody(imports);
        String methods = CalcGenerator.methods(body, rowType, projections, condition);
        String header = "public final class Generated implements " + imports.use(Calc.class) + " {\n";
        String content = header + body.declarations(methods) + body.openMethod() + methods + "}\n";
        source = imports.declarations() + content;
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(getClass().getClassLoader());
        try {
            compiler.cook(source);
        } catch (org.codehaus.commons.compiler.CompileException e) {
            throw new AssertionError(e.getMessage() + "\n" + source, e);
        }
        calc = (Calc) compiler.getClassLoader().loadClass("Generated").getDeclaredConstructor().newInstance();
        calc.open(new Context(zone));
    }

    private static RelNode plan(String table, RelDataType rowType, String sql) throws Exception {
        CalciteSchema root = CalciteSchema.createRootSchema(false);
        root.add(table, new AbstractTable() {
            @Override
            public RelDataType getRowType(RelDataTypeFactory types) {
                return rowType;
            }
        });
        SqlValidator validator = validator(root);
        SqlNode query = validator.validate(parser(sql).parseQuery());
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
        RelOptCluster cluster = RelOptCluster.create(planner, new StreamRexBuilder(TYPES));
        return new SqlToRelConverter(null, validator, catalog(root), cluster, Convertlets.INSTANCE, SqlToRelConverter.config())
                .convertQuery(query, false, true).rel;
    }

    private static CalciteCatalogReader catalog(CalciteSchema root) {
        return new CalciteCatalogReader(root, List.of(), TYPES, new CalciteConnectionConfigImpl(new Properties()));
    }

    static SqlValidator validator(CalciteSchema root) {
        return new FlinkSqlParsingValidator(FunctionCatalogue.INSTANCE.operatorTable(), catalog(root), TYPES,
                SqlValidator.Config.DEFAULT.withIdentifierExpansion(true).withConformance(FlinkSqlConformance.DEFAULT)
                        .withTypeCoercionEnabled(false), false) { };
    }

    static SqlParser parser(String sql) {
        return SqlParser.create(sql, SqlParser.config().withParserFactory(FlinkSqlParserImpl.FACTORY)
                .withConformance(FlinkSqlConformance.DEFAULT).withLex(org.apache.calcite.config.Lex.JAVA).withIdentifierMaxLength(256));
    }

    /** The results' texts, null where they are; or null if the row does not pass. */
    List<String> run(Row in) throws Exception {
        Row out = new Row(names.size());
        if (!calc.project(in, out)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < out.arity(); i++) {
            texts.add(out.isNullAt(i) ? null : out.getUtf8(i).toString());
        }
        return texts;
    }

    private record Context(ZoneId zone) implements OperatorContext {
        @Override
        public void countLookup(boolean found) {
        }

        @Override
        public String id() {
            return "calc";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.parse("2024-05-06T07:08:09.123Z"), ZoneOffset.UTC);
        }

        @Override
        public void resumeLater() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resumeAfterAPause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOutputBusy() {
            return false;
        }

        @Override
        public void wakeAt(long time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void countLate() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void countLate(Row row, long lateness) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void countSkipped() {
            throw new UnsupportedOperationException();
        }
    }
}
