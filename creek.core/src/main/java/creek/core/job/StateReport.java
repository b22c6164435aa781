package creek.core.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a store or a snapshot has.
 *
 * @param kind       {@code savepoint}, {@code snapshot}, {@code checkpoint} or {@code store}
 * @param path       its file or folder
 * @param job        the name of the job, as far as it is known
 * @param checkpoint the number of the checkpoint; 0 if there is none
 * @param origin     the engine that wrote a file, or the backend of a store
 * @param time       when a file was written
 * @param entries    how many entries there are
 * @param bytes      those of all keys and values
 * @param stored     bytes on the disk
 * @param tables     what operators keep
 * @param sources    what is known of where sources stand
 * @param sinks      what sinks have not committed yet
 * @param problem    why not everything could be read
 * @param isDamaged  whether that is because of damage
 */
public record StateReport(String kind, Path path, String job, long checkpoint, String origin, Optional<Instant> time, long entries, long bytes,
        long stored, List<Table> tables, List<Part> sources, List<Part> sinks, Optional<String> problem, boolean isDamaged) {
    /**
     * A table of an operator.
     *
     * @param bytes those of its keys and values
     */
    public record Table(String operator, String name, long entries, long bytes) {
    }

    /**
     * A source or a sink.
     *
     * @param text what there is of it, for people
     */
    public record Part(String id, String text) {
    }
}
