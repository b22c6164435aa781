package creek.core.internal.swap;

import creek.core.connector.Provider;
import creek.core.job.SwapEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last switches, in memory and, line by line, in a file that does not grow for ever. For any thread; {@link #write} may block. */
public final class SwapLog {
    private static final Logger LOG = System.getLogger("creek.core.swap");
    private static final int KEPT = 500;
    private static final long FILE_BYTES = 1 << 20;

    private final Path file;
    /** Guarded by this. */
    private final Deque<SwapEvent> events = new ArrayDeque<>();

    /** @param file null if nothing is kept but in memory */
    public SwapLog(Path file) {
        this.file = file;
    }

    public synchronized void add(SwapEvent event) {
        events.add(event);
        if (events.size() > KEPT) {
            events.remove();
        }
    }

    public synchronized List<SwapEvent> events() {
        return List.copyOf(events);
    }

    /** Adds an event to the file. Not on a job's thread. */
    public synchronized void write(SwapEvent event) {
        if (file == null) {
            return;
        }
        try {
            if (Files.exists(file) && Files.size(file) > FILE_BYTES) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(file, (event.time() + " job " + event.job() + ": " + text(event) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "an event can''t be written to {0}: {1}", file, e);
        }
    }

    /** An event in one line, without its time and job. */
    public static String text(SwapEvent event) {
        String what = event.kind() + " '" + event.part() + "'" + (event.use().isEmpty() ? "" : " of " + event.use());
        String from = event.from().map(Provider::toString).orElse("nothing");
        String to = event.to().map(Provider::toString).orElse("nothing");
        String how = switch (event.outcome()) {
            case SWITCHED -> "switched from " + from + " to " + to;
            case REFUSED -> to + " was refused, " + from + " stays";
            case ROLLED_BACK -> to + " has failed on probation, " + from + " is back";
            case WAITING -> from + " has gone, the job waits";
        };
        long micros = TimeUnit.NANOSECONDS.toMicros(event.gap());
        return what + ": " + how + event.position().map(position -> ", at " + position).orElse("")
                + (micros == 0 ? "" : ", gap " + micros / 1000 + "." + String.format("%03d", micros % 1000) + " ms")
                + event.reason().map(reason -> ": " + reason.replaceAll("\\R", " ")).orElse("");
    }
}
