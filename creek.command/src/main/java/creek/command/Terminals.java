package creek.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Opens the user's terminal and readers of lines on it, with a history that outlives them. */
final class Terminals {
    private Terminals() {
    }

    /** The terminal, or where there is none, standard input and output without line editing. */
    static Terminal open() throws IOException {
        return TerminalBuilder.builder().name("creek").dumb(true).system(true).build();
    }

    static boolean isInteractive(Terminal terminal) {
        return Boolean.getBoolean("creek.terminal.in") && !Terminal.TYPE_DUMB.equals(terminal.getType());
    }

    /** @param history the name of the history file, which is kept only when a person types */
    static LineReader reader(Terminal terminal, String history, Parser parser, Completer completer) throws IOException {
        LineReaderBuilder builder = LineReaderBuilder.builder().terminal(terminal).parser(parser).completer(completer)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, isInteractive(terminal) ? "     > " : "");
        if (isInteractive(terminal)) {
            builder.variable(LineReader.HISTORY_FILE, Files.createDirectories(stateFolder()).resolve(history + "_history"));
        }
        return builder.build();
    }

    /** Where the XDG base directories put what a program remembers. */
    private static Path stateFolder() {
        String state = System.getenv("XDG_STATE_HOME");
        return (state != null && !state.isEmpty() ? Path.of(state) : Path.of(System.getProperty("user.home"), ".local", "state")).resolve("creek");
    }
}
