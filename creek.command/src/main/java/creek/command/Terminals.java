package creek.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** Opens the user's terminal and readers of lines on it, with a history that outlives them. */
final class Terminals {
    private static final String NAME = "creek";

    private Terminals() {
    }

    /**
     * The terminal, or where there is none, standard input and output without line editing. The provider is named here, since JLine would
     * look for one by the thread's context class loader.
     */
    static Terminal open() throws IOException {
        if (Boolean.getBoolean("creek.terminal.in") && Boolean.getBoolean("creek.terminal.out")) {
            return new ExecTerminalProvider().sysTerminal(NAME, System.getenv().getOrDefault("TERM", Terminal.TYPE_DUMB), false,
                    StandardCharsets.UTF_8, true, Terminal.SignalHandler.SIG_DFL, false, SystemStream.Output);
        }
        return new DumbTerminal(NAME, Terminal.TYPE_DUMB, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out),
                StandardCharsets.UTF_8);
    }

    static boolean isInteractive(Terminal terminal) {
        return !Terminal.TYPE_DUMB.equals(terminal.getType());
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
