package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.TaskState;
import java.util.ArrayList;
import java.util.List;

/** What one subtask gives to a checkpoint and keeps of the last one: in a job that is not parallel, all of it. On the subtask's thread. */
final class CheckpointPart {
    /**
     * What was cut off at one record boundary.
     *
     * @param commits those of all sinks, earlier ones that are not committed yet included
     * @param dropped beginnings of keys that are to go
     */
    record Cut(EntryBuffer changes, List<PendingCommit> commits, List<byte[]> dropped, int epoch, List<SourceDriver> sources, List<SinkDriver> sinks) {
    }

    private final TaskState state;
    private final StateBudget budget;
    private final boolean incremental;

    CheckpointPart(TaskState state, StateBudget budget, boolean incremental) {
        this.state = state;
        this.budget = budget;
        this.incremental = incremental;
    }

    TaskState state() {
        return state;
    }

    StateBudget budget() {
        return budget;
    }

    /** Cuts off what has changed. While nothing is put off. */
    Cut cut(long checkpoint, SourceDriver[] sources, SinkDriver[] sinks) throws Exception {
        EntryBuffer changes = new EntryBuffer();
        List<PendingCommit> commits = new ArrayList<>();
        for (SinkDriver sink : sinks) {
            commits.addAll(sink.beginCommit(checkpoint, changes));
        }
        for (SourceDriver source : sources) {
            source.writePosition(changes, incremental);
        }
        int epoch = state.write(changes);
        List<byte[]> dropped = new ArrayList<>();
        if (incremental) {
            state.dropped().forEach(number -> dropped.add(new byte[] {(byte) (number >>> 8), (byte) (int) number}));
        }
        budget.checkpointBegins();
        return new Cut(changes, commits, dropped, epoch, List.of(sources), List.of(sinks));
    }

    /** Takes note of how the checkpoint went that a cut was for. */
    void ended(Cut cut, CheckpointRun run) throws Exception {
        for (SinkDriver sink : cut.sinks) {
            sink.committed(run.committed());
        }
        if (run.isComplete()) {
            state.complete(cut.epoch);
            budget.checkpointIsComplete();
            for (SinkDriver sink : cut.sinks) {
                sink.checkpointIsDurable();
            }
            for (SourceDriver source : cut.sources) {
                source.positionIsDurable();
            }
        }
    }
}
