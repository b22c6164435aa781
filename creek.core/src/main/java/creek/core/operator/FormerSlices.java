package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.internal.state.KeyGroups;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.StateFormException;
import creek.core.internal.state.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The slices of subtasks of another parallelism, which one subtask goes on with. */
final class FormerSlices {
    private final WindowAggregateOperator operator;
    private final KeyTable keys;
    private final SliceList slices;
    private final WindowContent content;

    FormerSlices(WindowAggregateOperator operator, KeyTable keys, SliceList slices, WindowContent content) {
        this.operator = operator;
        this.keys = keys;
        this.slices = slices;
        this.content = content;
    }

    /**
     * @param entries takes the entries of this subtask
     * @throws StateFormException if some subtasks have emitted windows that others have not, of slices that later windows share
     */
    void restore(TableStore store, TableStore.Visitor entries) throws IOException {
        List<BinaryReader> summaries = store.otherSummaries();
        int before = summaries.size();
        long[] progress = new long[before];
        long[][] bounds = new long[before][];
        for (int i = 0; i < before; i++) {
            boolean isNew = summaries.get(i).remaining() == 0;
            progress[i] = isNew ? Long.MIN_VALUE : summaries.get(i).readLong();
            bounds[i] = isNew ? WindowContent.UNMERGED : content.readBounds(summaries.get(i));
        }
        boolean[] hasRows = new boolean[before];
        operator.restore(Long.MIN_VALUE);
        store.scan((entry, value) -> {
            hasRows[KeyGroups.subtaskOf(TableStore.keyGroup(entry), before)] = true;
            entries.entry(entry, value);
        });
        long common = common(progress, hasRows);
        operator.restore(common);
        slices.planWindows(end -> nextWindow(end, common));
        try {
            content.unite(key -> KeyGroups.subtaskOf(KeyMap.usable(keys.hash(key)), before), bounds);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Up to which time all have emitted their windows: subtasks without rows had none to emit. Watermarks are the same everywhere where a checkpoint is cut,
     * but with processing time some may have come a little further.
     */
    private long common(long[] progress, boolean[] hasRows) throws StateFormException {
        long highest = Long.MIN_VALUE;
        for (long each : progress) {
            highest = Math.max(highest, each);
        }
        long common = highest;
        for (int i = 0; i < progress.length; i++) {
            if (hasRows[i] && !windowsAt(progress[i]).equals(windowsAt(highest))) {
                common = Math.min(common, progress[i]);
            }
        }
        for (int i = 0; common < highest && i < slices.size(); i++) {
            if (operator.isShared(slices.end(i))) {
                throw new StateFormException("at the last checkpoint some subtasks had emitted windows that others had not, so that the job can't be divided anew:"
                        + " have it take another checkpoint with as many subtasks as before ('parallelism.default')");
            }
        }
        return common;
    }

    /** The next window of each slice, if windows have been emitted up to that time. */
    private List<Long> windowsAt(long progress) {
        operator.restore(progress);
        List<Long> windows = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            windows.add(nextWindow(slices.end(i), progress));
        }
        return windows;
    }

    private long nextWindow(long sliceEnd, long progress) {
        return progress == Long.MAX_VALUE ? Long.MAX_VALUE : operator.nextWindow(sliceEnd);
    }
}
