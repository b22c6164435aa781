package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.StateFormException;
import creek.core.state.DamagedStateException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
     * @param pieces the further entries of positions, each named after its source
     */
    void claim(String job, SourceDriver[] sources, SinkDriver[] sinks, Map<String, BinaryReader> positions, Map<String, BinaryReader> pieces,
            Map<String, BinaryReader> commits) throws DamagedStateException {
        Set<String> sourceIds = new HashSet<>();
        for (SourceDriver source : sources) {
            sourceIds.add(source.id());
        }
        Set<String> sinkIds = new HashSet<>();
        for (SinkDriver sink : sinks) {
            sinkIds.add(sink.id());
        }
        positions.keySet().stream().filter(id -> !sourceIds.contains(id)).forEach(id -> {
            LOG.log(Level.WARNING, "job {0}: it no longer has source {1}, and where that was read up to is forgotten with the next checkpoint", job,
                    id);
            entries.add(new Entry(EngineTable.SOURCE, id));
        });
        pieces.keySet().stream().filter(id -> !sourceIds.contains(PositionEntries.source(id)))
                .forEach(id -> entries.add(new Entry(EngineTable.POSITION_PIECE, id)));
        for (Map.Entry<String, BinaryReader> commit : commits.entrySet()) {
            if (!sinkIds.contains(commit.getKey())) {
                if (SinkDriver.pending(commit.getKey(), commit.getValue()) > 0) {
                    pendingSinks.add(commit.getKey());
                }
                entries.add(new Entry(EngineTable.SINK, commit.getKey()));
            }
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
