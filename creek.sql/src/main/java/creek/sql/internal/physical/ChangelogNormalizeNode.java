package creek.sql.internal.physical;

import creek.core.operator.ChangelogNormalizeOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes a complete changelog of a source's changes by primary key: {@code -U} rows are added, repeated changes left out. */
final class ChangelogNormalizeNode extends PhysicalNode {
    ChangelogNormalizeNode(PhysicalNode source) {
        super(List.of(source), source.rowType());
    }

    private ImmutableBitSet key() {
        return input().upsertKeys().iterator().next();
    }

    @Override
    Changes changes() {
        return Changes.ALL;
    }

    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return false;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return input().upsertKeys();
    }

    @Override
    int[] keyOfInput(int input) {
        return key().toArray();
    }

    @Override
    String kind() {
        return "normalize";
    }

    @Override
    String describe() {
        return "ChangelogNormalize by " + key().asList().stream().map(rowType().getFieldNames()::get).collect(Collectors.joining(", "));
    }

    @Override
    String write(JobWriter writer) {
        return writer.input(this, 0) + ".then(" + writer.id(this) + ", new " + writer.use(ChangelogNormalizeOperator.class) + "("
                + writer.schema(kind() + "_columns", schema()) + ", " + writer.keySelector(key().toArray(), schema()) + ", "
                + writer.givesUpdateBefore(this) + "))";
    }
}
