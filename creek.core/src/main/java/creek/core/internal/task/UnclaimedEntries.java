package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.StateFormException;
import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a store has of sources and sinks that the job no longer has: it goes with the next checkpoint. On the job's thread. */
final class UnclaimedEntries {
    private static final Logger LOG = System.getLogger("creek.core.checkpoint");

    /** The entry of a kind and an id. */
    private record Entry(char kind, String id) {
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> pendingSinks = new TreeSet<>();

    /**
     * Finds out what nobody asks for.
     *
     * @param pieces  the further entries of positions, each named after its source
     * @param sources the ids of the job's own
     * @param sinks   as well
     * @param former  of those the ids in subtasks that are no more
     * @param tables  where connectors keep files of their own
     */
    void claim(String job, Path tables, Set<String> sources, Set<String> sinks, Set<String> former, Map<String, BinaryReader> positions,
            Map<String, BinaryReader> pieces, Map<String, BinaryReader> commits) throws DamagedStateException {
        positions.keySet().stream().filter(id -> !sources.contains(id)).forEach(id -> {
            if (!former.contains(id)) {
                LOG.log(Level.WARNING, "job {0}: it no longer has source {1}, and where that was read up to is forgotten with the next checkpoint{2}",
                        job, id, left(tables, id));
            }
            entries.add(new Entry(EngineTable.SOURCE, id));
        });
        pieces.keySet().stream().filter(id -> !sources.contains(PositionEntries.source(id)))
                .forEach(id -> entries.add(new Entry(EngineTable.POSITION_PIECE, id)));
        for (Map.Entry<String, BinaryReader> commit : commits.entrySet()) {
            if (!sinks.contains(commit.getKey())) {
                if (!former.contains(commit.getKey()) && SinkDriver.pending(commit.getKey(), commit.getValue()) > 0) {
                    pendingSinks.add(commit.getKey());
                }
                entries.add(new Entry(EngineTable.SINK, commit.getKey()));
            }
        }
    }

    /** What the connector of a source has left on disk, in words; nothing if it has not. */
    private static String left(Path tables, String id) {
        try (Stream<Path> found = Files.isDirectory(tables) ? Files.list(tables) : Stream.empty()) {
            Path folder = found.map(table -> table.resolve(FileNames.of(id))).filter(Files::isDirectory).findFirst().orElse(null);
            if (folder == null) {
                return "";
            }
            try (Stream<Path> files = Files.walk(folder)) {
                LongSummaryStatistics sizes = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).summaryStatistics();
                return "; what its connector has stored stays in " + folder + ", " + sizes.getSum() + " bytes in " + sizes.getCount()
                        + " files: it is deleted by hand, or taken up by a source of the old name";
            }
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /** @throws StateFormException if rows that were written to sinks which are gone would never become final */
    void checkNothingPends(long checkpoint) throws StateFormException {
        if (!pendingSinks.isEmpty()) {
            throw new StateFormException("checkpoint " + checkpoint + " has rows of sinks that the job no longer has and that may not be final yet: "
                    + String.join(", ", pendingSinks) + ". Run the job with them once more and stop it, which makes the rows final; or, if they may be"
                    + " lost, set '" + CheckpointSettings.IGNORE_UNCLAIMED.key() + "' = 'true'");
        }
    }

    /** Has a checkpoint remove the entries. */
    void remove(EntryBuffer changes) {
        entries.forEach(entry -> EngineTable.remove(changes, entry.kind, entry.id));
    }

    /** Says that a checkpoint that removed them is complete. */
    void removed() {
        entries.clear();
    }
}
