package creek.core.connector;

import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;

/** A source without a format whose tables are looked up as a whole. */
public record LookedUpConnector(boolean bounded, ChangelogMode emitted) implements Connector {
    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean usesFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public boolean isBounded(Options options) {
        return bounded;
    }

    @Override
    public LookupAbility lookup() {
        return LookupAbility.WHOLE;
    }

    @Override
    public ChangelogMode emits(Options options, ChangelogMode ofFormat) {
        return emitted;
    }
}
