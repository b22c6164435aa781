package creek.sql;

import creek.core.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A job, ready to be installed.
 *
 * @param name            the job's name; the bundle's symbolic name is {@code creek.job.<name>}
 * @param bundle          the bundle's bytes; the same for the same script and versions
 * @param plan            the plan, a line an operator, for people
 * @param source          the generated Java
 * @param resultSchema    of a query: the columns with their SQL types, before they are cast to texts
 * @param resultConnector of a query executed as a statement: the name of the connector that its rows go to, as texts (CAST AS STRING) under
 *                        the columns' names; whoever runs the job registers a connector service of that name to take them
 * @param changelog       of a query: whether other rows than inserts can come
 * @param bounded         whether all sources come to an end
 * @param connectors      the connectors that the job needs, by name
 * @param formats         the formats that the job needs, by name
 * @param warnings        what is allowed and may go wrong all the same, for people
 */
public record CompiledJob(String name, byte[] bundle, String plan, String source, Optional<Schema> resultSchema,
        Optional<String> resultConnector, boolean changelog, boolean bounded, List<String> connectors, List<String> formats,
        List<String> warnings) {
}
