package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Row;
import creek.sql.internal.type.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls of functions and what Flink 2.2.0 makes of them. A line of a file in {@code functions} is an expression, its type and its text in quotes,
 * empty for NULL, with tabs between; or an expression and {@code !}, which Flink refuses or fails at.
 */
class FlinkAnswersTest {
    private static final Path FILES = Path.of("src", "test", "resources", "functions");
    /** So many expressions make one method. */
    private static final int BATCH = 40;
    private static final RelDataType ROW_TYPE = ScalarQuery.TYPES.builder().add("i", ScalarQuery.TYPES.createSqlType(SqlTypeName.INTEGER)).build();

    @ParameterizedTest
    @ValueSource(strings = {"collections", "json", "more", "numbers", "objects", "strings", "times", "variants"})
    void answersAreFlinks(String file) throws Exception {
        List<String[]> values = new ArrayList<>();
        List<Executable> checks = new ArrayList<>();
        for (String line : Files.readAllLines(FILES.resolve(file + ".tsv"))) {
            String[] parts = line.split("\t", -1);
            if (parts[1].equals("!")) {
                checks.add(() -> assertRefused(parts));
            } else {
                values.add(parts);
            }
        }
        for (int i = 0; i < values.size(); i += BATCH) {
            List<String[]> batch = values.subList(i, Math.min(values.size(), i + BATCH));
            List<String> answers = answers(batch);
            for (int k = 0; k < answers.size(); k++) {
                String[] wanted = batch.get(k);
                String answer = answers.get(k);
                checks.add(() -> assertEquals(wanted[1] + " " + wanted[2], answer, wanted[0]));
            }
        }
        assertAll(checks);
    }

    private static void assertRefused(String[] line) {
        Throwable refusal = assertThrows(Throwable.class, () -> answers(List.<String[]>of(line)), line[0]);
        assertNotEquals(AssertionError.class, refusal.getClass(), () -> line[0] + ": " + refusal);
    }

    private static List<String> answers(List<String[]> lines) throws Exception {
        ScalarQuery query = new ScalarQuery("n", ROW_TYPE, "SELECT " + String.join(", ", lines.stream().map(line -> line[0]).toList()) + " FROM n",
                ZoneId.of("UTC"));
        List<String> texts = query.run(new Row(1));
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            answers.add(Types.toDataType(query.types.get(i)) + " " + (texts.get(i) == null ? "" : "'" + texts.get(i) + "'"));
        }
        return answers;
    }
}
