package creek.job.copy;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.job.JobDefinition;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;

/** A job that copies the table {@code in} in memory to the table {@code out}. */
public final class CopyJob implements JobDefinition {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.string()).with("ts", DataType.bigint());

    @Override
    public void define(Topology topology) {
        topology.source("in", new TableSource("in", SCHEMA).option("connector", "memory").option("name", "in").option("format", "pair")
                .read("k").read("ts"))
                .sink("out", new TableSink("out", SCHEMA).option("connector", "memory").option("name", "out"));
    }
}
