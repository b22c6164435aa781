package creek.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the platform and the libraries in it log, on standard error: warnings and errors, one line each; with {@code --verbose} more, with
 * stack traces. Everything arrives at {@code java.util.logging}: {@link System.Logger} and the embedded SLF4Js end there.
 */
final class ConsoleLog extends Formatter {
    /** The engine's log of what becomes of jobs. Held here, since the logging service forgets loggers that nobody holds. */
    private static final Logger JOBS = Logger.getLogger("creek.core.job");

    private final boolean verbose;

    private ConsoleLog(boolean verbose) {
        this.verbose = verbose;
    }

    static void install(boolean verbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new ConsoleLog(verbose));
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(verbose ? Level.INFO : Level.WARNING);
    }

    /** For a command that tells by itself what became of its jobs. */
    static void withoutJobs() {
        JOBS.setLevel(Level.SEVERE);
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder("creek: ").append(level(record.getLevel())).append(": ");
        if (verbose) {
            line.append(record.getLoggerName()).append(": ");
        }
        line.append(formatMessage(record));
        Throwable thrown = record.getThrown();
        if (thrown != null && verbose) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append('\n').append(trace.toString().stripTrailing());
        } else if (thrown != null) {
            line.append(": ").append(thrown.getMessage());
        }
        return line.append('\n').toString();
    }

    private static String level(Level level) {
        return level == Level.SEVERE ? "error" : level.getName().toLowerCase(Locale.ROOT);
    }
}
