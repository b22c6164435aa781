package creek.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void optionsMayStandAnywhere() throws Exception {
        Arguments arguments = new Arguments("x", List.of("job.sql", "-o", "out.jar", "--code"));
        assertEquals(Optional.of("out.jar"), arguments.value("-o"));
        assertTrue(arguments.flag("--code"));
        assertEquals("job.sql", arguments.operand("script"));
    }

    @Test
    void errorsShowTheUsage() {
        assertEquals("there is no option --cod; usage: creek x JOB.sql", message("job.sql", "--cod"));
        assertEquals("script is missing; usage: creek x JOB.sql", message());
        assertEquals("one script is enough: a b; usage: creek x JOB.sql", message("a", "b"));
    }

    @Test
    void optionWithoutItsValue() {
        CommandException e = assertThrows(CommandException.class, () -> new Arguments("x", List.of("job.sql", "-o")).value("-o"));
        assertEquals("option -o needs a value; usage: creek x", e.getMessage());
    }

    private static String message(String... words) {
        return assertThrows(CommandException.class, () -> new Arguments("x JOB.sql", List.of(words)).operand("script")).getMessage();
    }
}
