package creek.udf.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function from the rows of a group to any number of rows: a public method {@code void emitValue(ACC accumulator, Collector<T> out)} gives them. As
 * SQL has no syntax for that, a call is an aggregate whose value is the ARRAY of the rows, which {@code UNNEST} makes rows of:
 *
 * <pre>
 * SELECT device, t.value, t.place
 * FROM (SELECT device, TOP2(value) AS top FROM readings GROUP BY device) CROSS JOIN UNNEST(top) AS t (value, place)
 * </pre>
 */
@ConsumerType
public abstract class TableAggregateFunction<T, ACC> extends ImperativeAggregateFunction<T, ACC> {
}
