package creek.sql;

import java.util.List;

/** What a statement gave. */
public sealed interface StatementResult {
    /** Something was done: {@code Table readings created.} */
    record Done(String message) implements StatementResult {
    }

    /** A small table of texts, as SHOW, DESCRIBE and EXPLAIN give. */
    record Texts(List<String> columns, List<List<String>> rows) implements StatementResult {
    }

    /** A query's job; its rows go to the connector named {@link CompiledJob#resultConnector}. */
    record Query(CompiledJob job) implements StatementResult {
    }

    /** The job of an INSERT or a STATEMENT SET. */
    record Insert(CompiledJob job) implements StatementResult {
    }
}
