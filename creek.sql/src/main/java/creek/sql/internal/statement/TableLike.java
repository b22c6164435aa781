package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.ObjectName;
import creek.sql.internal.catalog.TableColumn;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlCreateTableLike;
import org.apache.flink.sql.parser.ddl.SqlTableLike.FeatureOption;
import org.apache.flink.sql.parser.ddl.SqlTableLike.MergingStrategy;
import org.apache.flink.sql.parser.ddl.SqlTableLike.SqlTableLikeOption;
import org.apache.flink.sql.parser.ddl.SqlTableLike;
import org.apache.flink.sql.parser.ddl.SqlTableOption;

/** {@code LIKE other (INCLUDING …, EXCLUDING …)}: takes over another table's clauses. */
final class TableLike {
    private TableLike() {
    }

    static void apply(SqlCreateTableLike statement, TableBuilder builder, SessionContext session) {
        SqlTableLike like = statement.getTableLike();
        ObjectName name = session.catalog().resolve(like.getSourceTable());
        SqlParserPos place = like.getSourceTable().getParserPosition();
        CatalogTable source = session.catalog().table(name).orElseThrow(() -> SqlError.invalid("there is no table " + name.shown()
                + " to be LIKE; tables are " + String.join(", ", session.catalog().tables(name).keySet()), place));
        builder.setComments(source.comments());
        for (TableColumn column : source.columns()) {
            boolean wanted = column instanceof TableColumn.Physical
                    || column instanceof TableColumn.Computed && strategy(like, FeatureOption.GENERATED) != MergingStrategy.EXCLUDING
                    || column instanceof TableColumn.Metadata && strategy(like, FeatureOption.METADATA) != MergingStrategy.EXCLUDING;
            if (wanted) {
                builder.addColumn(column, place);
                FeatureOption feature = column instanceof TableColumn.Computed ? FeatureOption.GENERATED
                        : column instanceof TableColumn.Metadata ? FeatureOption.METADATA : null;
                if (feature != null && strategy(like, feature) == MergingStrategy.OVERWRITING) {
                    builder.allowAnew(column.name());
                }
            }
        }
        if (strategy(like, FeatureOption.WATERMARKS) != MergingStrategy.EXCLUDING) {
            boolean replaced = statement.getWatermark().isPresent();
            if (replaced && source.watermark().isPresent() && strategy(like, FeatureOption.WATERMARKS) != MergingStrategy.OVERWRITING) {
                throw conflict("a WATERMARK", name, "OVERWRITING WATERMARKS", statement.getWatermark().get().getParserPosition());
            }
            builder.setWatermark(replaced ? Optional.empty() : source.watermark(), place);
        }
        if (strategy(like, FeatureOption.CONSTRAINTS) != MergingStrategy.EXCLUDING) {
            if (!source.primaryKey().isEmpty()) {
                statement.getFullConstraints().stream().findFirst().ifPresent(constraint -> {
                    throw conflict("a PRIMARY KEY", name, "EXCLUDING CONSTRAINTS", constraint.getParserPosition());
                });
            }
            builder.setPrimaryKey(source.primaryKey());
        }
        if (strategy(like, FeatureOption.PARTITIONS) != MergingStrategy.EXCLUDING) {
            if (!source.partitionKeys().isEmpty() && !statement.getPartitionKeyList().isEmpty()) {
                throw conflict("a PARTITIONED BY", name, "EXCLUDING PARTITIONS", statement.getPartitionKeyList().getParserPosition());
            }
            builder.setPartitionKeys(source.partitionKeys());
        }
        if (strategy(like, FeatureOption.OPTIONS) != MergingStrategy.EXCLUDING) {
            for (SqlNode node : statement.getPropertyList()) {
                SqlTableOption option = (SqlTableOption) node;
                if (strategy(like, FeatureOption.OPTIONS) == MergingStrategy.INCLUDING && source.options().texts().containsKey(option.getKeyString())) {
                    throw conflict("an option '" + option.getKeyString() + "'", name, "OVERWRITING OPTIONS", option.getKey().getParserPosition());
                }
            }
            builder.setOptions(source.options());
        }
    }

    private static SqlError conflict(String what, ObjectName name, String instead, SqlParserPos place) {
        return SqlError.invalid("table " + name.shown() + " has " + what + " already; say LIKE " + name.shown() + " (" + instead + ")", place);
    }

    /** What the statement says about a feature, or about ALL; Flink overwrites options and includes everything else by default. */
    private static MergingStrategy strategy(SqlTableLike like, FeatureOption feature) {
        MergingStrategy strategy = feature == FeatureOption.OPTIONS ? MergingStrategy.OVERWRITING : MergingStrategy.INCLUDING;
        for (SqlTableLikeOption option : like.getOptions()) {
            if (option.getFeatureOption() == FeatureOption.ALL) {
                strategy = option.getMergingStrategy();
            }
        }
        for (SqlTableLikeOption option : like.getOptions()) {
            if (option.getFeatureOption() == feature) {
                strategy = option.getMergingStrategy();
            }
        }
        return strategy;
    }
}
