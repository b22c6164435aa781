package creek.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', textBlock = """
            SELECT 1              # false
            SELECT 1;             # true
            SELECT 1 ; -- done    # true
            SELECT ';'            # false
            SELECT ';';           # true
            SELECT `a;b`          # false
            SELECT 'it''s; fine'; # true
            SELECT 1 -- ;         # false
            SELECT 1 /* ; */      # false
            SELECT 1; /* open     # false
            SELECT 1; SELECT 2    # false
            quit                  # true
            ~ help ~              # true
            """)
    void statementIsCompleteAtItsSemicolon(String text, boolean complete) {
        assertEquals(complete, SqlParser.isComplete(text));
    }
}
