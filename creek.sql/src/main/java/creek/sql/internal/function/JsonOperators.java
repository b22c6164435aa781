package creek.sql.internal.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlJsonArrayFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
import org.apache.calcite.sql.fun.SqlJsonQueryFunction;
import org.apache.calcite.sql.fun.SqlJsonValueFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's JSON functions with STRING for results, where Calcite has VARCHAR(2000). */
final class JsonOperators {
    private static final int DEFAULT_LENGTH = 2000;

    static final SqlJsonValueFunction VALUE = new SqlJsonValueFunction("JSON_VALUE") {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unlimited(binding, super.inferReturnType(binding), true);
        }
    };

    static final SqlJsonQueryFunction QUERY = new SqlJsonQueryFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unlimited(binding, super.inferReturnType(binding), true);
        }
    };

    static final SqlJsonObjectFunction OBJECT = new SqlJsonObjectFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unlimited(binding, super.inferReturnType(binding), false);
        }
    };

    static final SqlJsonArrayFunction ARRAY = new SqlJsonArrayFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unlimited(binding, super.inferReturnType(binding), false);
        }
    };

    private JsonOperators() {
    }

    private static RelDataType unlimited(SqlOperatorBinding binding, RelDataType type, boolean nullable) {
        boolean byDefault = type.getSqlTypeName() == SqlTypeName.VARCHAR && type.getPrecision() == DEFAULT_LENGTH;
        RelDataType result = byDefault || type.getSqlTypeName() == SqlTypeName.ANY
                ? binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE) : type;
        return binding.getTypeFactory().createTypeWithNullability(result, nullable);
    }
}
