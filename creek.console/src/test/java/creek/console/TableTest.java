package creek.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersAreToTheRight() {
        assertEquals("""
                NAME    COUNT  REASON
                a       1,000  -
                longer      7  it is so
                -           -  -""", new Table("NAME", "COUNT", "REASON").row("a", "1,000", "").row("longer", 7, "it is so").row("", "", "").toString());
    }

    @Test
    void withoutRowsThereIsTheHeader() {
        assertEquals("NAME  COUNT", new Table("NAME", "COUNT").toString());
    }
}
