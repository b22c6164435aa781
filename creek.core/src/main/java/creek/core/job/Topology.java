package creek.core.job;

import creek.core.operator.LookupJoinOperator;
import creek.core.operator.MultiInputOperator;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Takes a job's parts: sources, operators behind them, sinks at the ends. */
@ProviderType
public interface Topology {
    /** Sets a setting of the job, under Flink's names: {@code table.local-time-zone}. */
    Topology set(String key, String value);

    /** Adds a source. Two streams of one source are two uses of its result: it is read once. */
    Stream source(String id, TableSource source);

    /** A source that is part of the job: so many rows of one BIGINT column, from 0 on. What VALUES is made of. */
    Stream sequence(String id, long count);

    /** One stream of all rows of several, whose columns are the same. */
    Stream union(String id, List<Stream> inputs);

    /**
     * Feeds a stream to an operator that looks rows up in a table, and gives its output.
     *
     * @param id the operator's id, as for {@link Stream#then}
     */
    Stream lookup(String id, Stream input, TableSource table, LookupJoinOperator operator);

    /**
     * Feeds several streams to an operator, in the order of its inputs, and gives its output.
     *
     * @param id the operator's id, as for {@link Stream#then}
     */
    Stream combine(String id, List<Stream> inputs, MultiInputOperator operator);

    /**
     * Says that the job uses a function that some bundle provides: it waits until one does.
     *
     * @param name      the function's name, for messages
     * @param className its class
     */
    Topology function(String name, String className);
}
