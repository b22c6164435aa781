package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import creek.sql.internal.type.StreamTypeSystem;
import java.math.BigDecimal;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;
import org.apache.flink.sql.parser.FlinkSqlParsingValidator;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/** Calcite's validator under Flink's rules. Serves one statement. */
final class StreamValidator extends FlinkSqlParsingValidator {
    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.LOW)
            .withTypeCoercionEnabled(false)
            .withConformance(FlinkSqlConformance.DEFAULT);

    StreamValidator(SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory types) {
        super(operators, catalog, types, CONFIG, false);
    }

    @Override
    protected SqlNode performUnconditionalRewrites(SqlNode node, boolean underFrom) {
        refusePivot(node);
        WindowArguments.check(node);
        GroupingSets.check(node);
        RenamedWindows.rewrite(node);
        GroupWindows.rewrite(node);
        return super.performUnconditionalRewrites(SessionPartitions.rewrite(node), underFrom);
    }

    private static void refusePivot(SqlNode node) {
        if (node instanceof SqlPivot) {
            throw SqlError.unsupported("PIVOT is not supported; write an aggregate for each column: SUM(v) FILTER (WHERE k = 'x')",
                    node.getParserPosition());
        }
        if (node instanceof SqlUnpivot) {
            throw SqlError.unsupported("UNPIVOT is not supported; CROSS JOIN UNNEST(MAP['a', a, 'b', b]) AS u(name, v) gives such rows",
                    node.getParserPosition());
        }
    }

    /** Functions whose arguments have no common type say so without a place; a field of a ROW that may be null may be null itself. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        try {
            RelDataType type = super.deriveType(scope, expression);
            if (expression instanceof SqlIdentifier path && !type.isNullable() && NestedFields.isInNullable(scope, path)) {
                type = typeFactory.createTypeWithNullability(type, true);
                setValidatedNodeType(expression, type);
            }
            return type;
        } catch (IllegalArgumentException e) {
            throw SqlError.invalid(String.valueOf(e.getMessage()), expression.getParserPosition(), e);
        }
    }

    @Override
    public void validateMatchRecognize(SqlCall call) {
        MatchClauses.check((SqlMatchRecognize) call);
        super.validateMatchRecognize(call);
    }

    /** A MATCH_RECOGNIZE within the argument of a table function knows its variables' types itself; from outside they can't be seen. */
    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        if (node.getKind() != SqlKind.MATCH_RECOGNIZE) {
            super.inferUnknownTypes(inferredType, scope, node);
        }
    }

    @Override
    protected void validateQualifyClause(SqlSelect select) {
        if (select.getQualify() != null && isAggregate(select)) {
            throw SqlError.unsupported("QUALIFY is not supported beside GROUP BY and aggregates; group in a subquery",
                    select.getQualify().getParserPosition());
        }
        super.validateQualifyClause(select);
    }

    @Override
    public void validateLiteral(SqlLiteral literal) {
        if (literal.getTypeName() == SqlTypeName.DECIMAL) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            if (value.precision() > StreamTypeSystem.INSTANCE.getMaxNumericPrecision()) {
                throw newValidationError(literal, Static.RESOURCE.numberLiteralOutOfRange(value.toString()));
            }
        }
        super.validateLiteral(literal);
    }
}
