package creek.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
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
        ConsoleHandler handler = new ConsoleHandler();
        install(handler, new ConsoleLog(verbose), verbose);
    }

    /** The same in files of limited size, of which so many are kept. */
    static void installFiles(Path folder, int bytes, int files, boolean verbose) throws IOException {
        FileHandler handler = new FileHandler(folder.resolve("creek.%g.log").toString(), bytes, files, true);
        handler.setEncoding(StandardCharsets.UTF_8.name());
        install(handler, new DatedFormat(new ConsoleLog(verbose)), verbose);
    }

    private static void install(Handler handler, Formatter formatter, boolean verbose) {
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            root.removeHandler(other);
        }
        handler.setFormatter(formatter);
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

    /** With the time in front, as a file that is read later needs it. */
    private static final class DatedFormat extends Formatter {
        private final Formatter rest;

        DatedFormat(Formatter rest) {
            this.rest = rest;
        }

        @Override
        public String format(LogRecord record) {
            return Instant.ofEpochMilli(record.getMillis()) + " " + rest.format(record);
        }
    }
}
