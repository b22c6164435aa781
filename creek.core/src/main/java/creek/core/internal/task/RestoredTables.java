package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.internal.state.EngineTable;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands sources and sinks what the last checkpoint has of them. Where the job was divided into another number of subtasks then, sources that subtasks share
 * are shared out anew, and what the sinks of subtasks that are no more had to commit is committed. On the job's thread.
 */
final class RestoredTables {
    private static final Logger LOG = System.getLogger("creek.core.checkpoint");

    private final String job;
    private final StateStore store;
    private final int before;
    private final List<TableParts> subtasks;
    private final List<SinkUse> sinkUses;
    private final Map<String, BinaryReader> positions;
    private final Map<String, BinaryReader> commits;

    /**
     * @param before   how many subtasks there were
     * @param sinkUses of the first subtask
     */
    RestoredTables(String job, StateStore store, int before, List<TableParts> subtasks, List<SinkUse> sinkUses) throws IOException {
        this.job = job;
        this.store = store;
        this.before = before;
        this.subtasks = subtasks;
        this.sinkUses = sinkUses;
        positions = EngineTable.read(store, EngineTable.SOURCE);
        commits = EngineTable.read(store, EngineTable.SINK);
    }

    /** Finds out what nobody asks for. */
    void claim(UnclaimedEntries unclaimed, Path tables) throws IOException {
        Set<String> sources = new HashSet<>();
        Set<String> sinks = new HashSet<>();
        for (TableParts subtask : subtasks) {
            for (SourceDriver source : subtask.sources()) {
                sources.add(source.id());
            }
            for (SinkDriver sink : subtask.sinks()) {
                sinks.add(sink.id());
            }
        }
        Set<String> former = new HashSet<>();
        for (int i = subtasks.size(); i < before; i++) {
            for (SourceDriver source : subtasks.get(0).sources()) {
                former.add(Subtask.id(source.id(), i));
            }
            for (SinkDriver sink : subtasks.get(0).sinks()) {
                former.add(Subtask.id(sink.id(), i));
            }
        }
        unclaimed.claim(job, tables, sources, sinks, former, positions, EngineTable.read(store, EngineTable.POSITION_PIECE), commits);
    }

    /** @throws DamagedStateException if it makes no sense */
    void restore() throws Exception {
        long number = store.lastCheckpoint();
        for (TableParts subtask : subtasks) {
            for (SinkDriver sink : subtask.sinks()) {
                sink.restore(commits.get(sink.id()), number);
            }
        }
        for (int i = subtasks.size(); i < before; i++) {
            settle(i, number);
        }
        for (int i = 0; i < subtasks.size(); i++) {
            SourceDriver[] sources = subtasks.get(i).sources();
            for (int k = 0; k < sources.length; k++) {
                if (before != subtasks.size() && number > 0 && sources[k].isShared()) {
                    restoreShare(sources[k], subtasks.get(0).sources()[k].id());
                } else {
                    restore(sources[k], i > 0, number);
                }
            }
        }
    }

    /** Commits what a subtask that is no more had written. */
    private void settle(int subtask, long number) throws Exception {
        for (SinkUse use : sinkUses) {
            if (use.takesSeveralWriters()) {
                String id = Subtask.id(use.driver().id(), subtask);
                SinkDriver former = use.createFormer(id, subtask, before);
                try {
                    former.restore(commits.get(id), number);
                } finally {
                    former.close();
                }
            }
        }
    }

    private void restoreShare(SourceDriver source, String id) throws Exception {
        // each takes up what it is given, so that it needs readers of its own
        Map<String, BinaryReader> all = EngineTable.read(store, EngineTable.SOURCE);
        Map<String, BinaryReader> entries = new LinkedHashMap<>();
        for (int i = 0; i < before; i++) {
            String each = Subtask.id(id, i);
            if (all.containsKey(each)) {
                entries.put(each, all.get(each));
            }
        }
        if (!entries.isEmpty()) {
            source.restoreShare(entries, EngineTable.read(store, EngineTable.POSITION_PIECE));
        } else {
            warnOfBeginning(source, store.lastCheckpoint());
        }
    }

    private void restore(SourceDriver source, boolean mayBeNew, long number) throws Exception {
        BinaryReader position = positions.get(source.id());
        if (position != null) {
            source.restore(position, EngineTable.read(store, EngineTable.POSITION_PIECE));
            if (!source.hasPosition() && !source.isEnded()) {
                LOG.log(Level.WARNING, "job {0}: table {1} has no position to go on from: it is read from where it begins now", job, source.table());
            }
        } else if (number > 0 && !mayBeNew) {
            warnOfBeginning(source, number);
        }
    }

    private void warnOfBeginning(SourceDriver source, long number) {
        LOG.log(Level.WARNING, "job {0}: checkpoint {1} has no position of table {2}, which is read from its beginning", job, number, source.table());
    }
}
