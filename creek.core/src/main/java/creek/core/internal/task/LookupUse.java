package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.TableOptions;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.WaitReason;
import creek.core.internal.swap.WatchedCall;
import creek.core.job.TableSource;
import java.util.List;

/**
 * A table that a job looks rows up in. At a record boundary no reader of it is open, since rows wait while it is read; so it goes over to other versions
 * by reading with them the next time.
 */
final class LookupUse extends TableUse {
    private final ReaderFactory factory;
    private final WatchedCall watched;

    LookupUse(TableSource source, ReaderFactory factory, WatchedCall watched) {
        super("lookup", source, TableOptions::requireLookup);
        this.factory = factory;
        this.watched = watched;
    }

    WholeTable createTable(TaskEnvironment environment) {
        return new WholeTable(rows -> factory.driver(options(), rows), () -> options().connector().contentVersion(factory.context(options())),
                options().requireLookup(), environment.clock());
    }

    @Override
    public PartSwitch to(ConnectorRegistry registry) {
        TableOptions newcomer = resolve(registry);
        List<BoundPart> parts = parts(newcomer, registry);
        TableOptions before = options();
        List<BoundPart> partsBefore = bound();
        return new PartSwitch(this, parts) {
            @Override
            public void ask() throws Exception {
                watched.callLeavingNothing("ask " + newcomer.connectorName(), () -> {
                    newcomer.connector().selfTest();
                    for (var format : newcomer.formats().values()) {
                        format.selfTest();
                    }
                    factory.driver(newcomer, null).close();
                    return null;
                });
            }

            @Override
            public void perform() {
                bind(newcomer, parts);
            }

            @Override
            public void takeBack(String reason) {
                if (waited() != null) {
                    unbind(waited());
                } else {
                    bind(before, partsBefore);
                }
            }
        };
    }

    @Override
    public PartSwitch release(List<BoundPart> gone, WaitReason reason) {
        return new PartSwitch(this, List.of()) {
            @Override
            public List<BoundPart> changed() {
                return gone;
            }

            @Override
            public void perform() {
                unbind(reason);
            }
        };
    }
}
