package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.internal.format.json.JsonFormat;
import creek.core.option.Options;
import creek.sql.internal.type.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The expressions of the scalar conformance cases, without the planner and the platform around them. */
class ScalarCasesTest {
    private static final Path CASES = Path.of("..", "conformance", "cases", "scalar");

    @TestFactory
    List<DynamicTest> scalarCases() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> cases = Files.list(CASES)) {
            cases.sorted().forEach(folder -> tests.add(DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder))));
        }
        return tests;
    }

    private static void check(Path folder) throws Exception {
        String script = Files.readString(folder.resolve("job.sql"));
        ZoneId zone = ZoneId.of(script.contains("Asia/Shanghai") ? "Asia/Shanghai" : "UTC");
        int create = script.indexOf("CREATE TABLE");
        int end = script.indexOf(";", create);
        int query = script.indexOf("SELECT", end);
        SqlCreateTable table = (SqlCreateTable) ScalarQuery.parser(script.substring(create, end)).parseStmt();
        RelDataTypeFactory.Builder columns = ScalarQuery.TYPES.builder();
        for (SqlNode column : table.getColumnList()) {
            SqlRegularColumn regular = (SqlRegularColumn) column;
            RelDataType type = regular.getType().deriveType(ScalarQuery.validator(CalciteSchema.createRootSchema(false)));
            columns.add(regular.getName().getSimple(), type);
        }
        RelDataType rowType = columns.build();
        String name = table.getTableName().toString();
        String sql = script.substring(query, script.lastIndexOf(';'));
        List<Row> input = read(folder, Types.toSchema(rowType), zone);
        if (Files.exists(folder.resolve("expected-error.txt"))) {
            assertThrows(Exception.class, () -> {
                ScalarQuery rejected = new ScalarQuery(name, rowType, sql, zone);
                for (Row row : input) {
                    rejected.run(row);
                }
            });
            return;
        }
        ScalarQuery compiled = new ScalarQuery(name, rowType, sql, zone);
        List<String> rows = new ArrayList<>();
        for (Row row : input) {
            List<String> result = compiled.run(row);
            if (result != null) {
                rows.add(json(result));
            }
        }
        List<String> expected = Files.readAllLines(folder.resolve("expected.jsonl"));
        List<String> wanted = new ArrayList<>(expected.subList(1, expected.size()));
        assertEquals(String.join("\n", wanted), String.join("\n", rows), () -> compiled.source);
        List<String> types = compiled.types.stream().map(type -> Types.toDataType(type).toString()).toList();
        String header = expected.get(0);
        String wantedTypes = header.substring(header.indexOf("\"types\":[") + 9, header.indexOf("],\"changelog\""));
        assertEquals(wantedTypes.replace(" NOT NULL", ""), ("\"" + String.join("\",\"", types) + "\"").replace(" NOT NULL", ""));
    }

    private static List<Row> read(Path folder, Schema schema, ZoneId zone) throws Exception {
        List<WantedColumn> wanted = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            wanted.add(new WantedColumn(i, List.of(), schema.type(i)));
        }
        List<Row> rows = new ArrayList<>();
        RowDecoder decoder = new JsonFormat().createDecoder(new DecoderContext(Options.of(Map.of()), schema, wanted, zone));
        try (Stream<Path> files = Files.list(folder.resolve("input"))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                    Row row = new Row(schema.size());
                    if (decoder.decode(Arrays.copyOf(bytes, bytes.length + 8), 0, bytes.length, row)) {
                        rows.add(row.copy());
                    }
                }
            }
        }
        return rows;
    }

    private static String json(List<String> values) {
        StringBuilder text = new StringBuilder("[\"+I\"");
        for (String value : values) {
            text.append(',');
            if (value == null) {
                text.append("null");
            } else {
                text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")).append('"');
            }
        }
        return text.append(']').toString();
    }
}
