package creek.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultPrintersTest {
    private static final List<String> COLUMNS = List.of("dev", "n");
    private static final List<String> TYPES = List.of("STRING", "BIGINT NOT NULL");

    @Test
    void jsonl() throws Exception {
        assertEquals("""
                {"columns":["dev","n"],"types":["STRING","BIGINT NOT NULL"],"changelog":true}
                ["+I","gw \\"1\\"\\n\\u0001é","42"]
                ["-D",null,"42"]
                """, print("jsonl", true));
    }

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() throws Exception {
        StringWriter text = new StringWriter();
        ResultFormat.ResultPrinter printer = ResultFormat.CSV.printer(text);
        printer.begin(COLUMNS, TYPES, false);
        printer.row("+I", new String[] {"a,\"b\"", null});
        printer.row("+I", new String[] {"", "1"});
        printer.end();
        assertEquals("""
                dev,n
                "a,""b""\",
                "",1
                """, text.toString());
    }

    @Test
    void csvOfChangelogNamesTheKind() throws Exception {
        assertEquals("""
                op,dev,n
                +I,"gw ""1""
                \u0001é",42
                -D,,42
                """, print("csv", true));
    }

    @Test
    void tableAlignsNumbersRight() throws Exception {
        assertEquals("""
                +---------------+----+
                | dev           |  n |
                +---------------+----+
                | gw "1"\\n\\x01é | 42 |
                | NULL          | 42 |
                +---------------+----+
                2 rows
                """, print("table", false));
    }

    @Test
    void emptyTable() throws Exception {
        StringWriter text = new StringWriter();
        ResultFormat.ResultPrinter printer = ResultFormat.TABLE.printer(text);
        printer.begin(COLUMNS, TYPES, true);
        printer.end();
        assertEquals("""
                +----+-----+---+
                | op | dev | n |
                +----+-----+---+
                +----+-----+---+
                0 rows
                """, text.toString());
    }

    @Test
    void unknownFormatListsTheKnown() {
        CommandException e = assertThrows(CommandException.class, () -> ResultFormat.of("xml"));
        assertEquals("there is no format 'xml'; there are table, jsonl, csv", e.getMessage());
        assertEquals(CommandException.USAGE, e.status());
    }

    private static String print(String format, boolean changelog) throws IOException, CommandException {
        StringWriter text = new StringWriter();
        ResultFormat.ResultPrinter printer = ResultFormat.of(format).printer(text);
        printer.begin(COLUMNS, TYPES, changelog);
        printer.row("+I", new String[] {"gw \"1\"\n\u0001é", "42"});
        printer.row("-D", new String[] {null, "42"});
        printer.end();
        return text.toString();
    }
}
