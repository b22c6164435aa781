package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The state of a task's operators: their tables, by the operators' ids and the tables' names. On the job's thread. */
public final class TaskState {
    private static final int MAX_TABLES = 0xFFFF;
    /** Stands between an operator's id and the number of its subtask. */
    private static final String SUBTASK = "#";

    /** A table as the catalogue has it. */
    private record Stored(int number, TableForms forms, byte[] summary) {
    }

    private record Kept(int number, TableForms forms, String operator, String name, StateTable table) {
    }

    private final StateStore store;
    private final boolean incremental;
    private final Epochs epochs = new Epochs();
    private final Map<String, Stored> unclaimed = new TreeMap<>();
    private final List<Kept> tables = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    /** What an operator's id ends with in this subtask; empty in the first. */
    private final String suffix;
    /** The highest number of a table, of all subtasks. */
    private final AtomicInteger lastNumber;

    /**
     * Reads the catalogue of a store.
     *
     * @param incremental {@link creek.core.state.StateBackend#isIncremental}
     * @throws DamagedStateException if it makes no sense
     */
    public TaskState(StateStore store, boolean incremental) throws IOException {
        this(store, incremental, "", new AtomicInteger());
    }

    /** The states of the subtasks of a job; errors as for one. */
    public static List<TaskState> of(StateStore store, boolean incremental, int parallelism) throws IOException {
        List<TaskState> states = new ArrayList<>();
        AtomicInteger lastNumber = new AtomicInteger();
        for (int i = 0; i < parallelism; i++) {
            states.add(new TaskState(store, incremental, i == 0 ? "" : SUBTASK + i, lastNumber));
        }
        return states;
    }

    private TaskState(StateStore store, boolean incremental, String suffix, AtomicInteger lastNumber) throws IOException {
        this.suffix = suffix;
        this.lastNumber = lastNumber;
        this.store = store;
        this.incremental = incremental;
        try {
            EngineTable.read(store, EngineTable.TABLE).forEach(this::readEntry);
        } catch (RuntimeException e) {
            throw new DamagedStateException("the catalogue of the state's tables makes no sense: " + e.getMessage(), e);
        }
    }

    private void readEntry(String text, BinaryReader entry) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > MAX_TABLES) {
            throw new NumberFormatException(number + " is not the number of a table");
        }
        lastNumber.accumulateAndGet(number, Math::max);
        String operator = entry.readString();
        int mark = operator.lastIndexOf(SUBTASK);
        if (suffix.equals(mark < 0 ? "" : operator.substring(mark))) {
            unclaimed.put(label(operator, entry.readString()), new Stored(number, new TableForms(entry), entry.readBytes()));
        }
    }

    private static String label(String operator, String name) {
        return operator + " (" + name + ")";
    }

    /** Takes an operator's table in and fills it with what the last checkpoint left. */
    public void keep(String operatorId, String name, StateTable table) throws IOException {
        String operator = operatorId + suffix;
        String label = label(operator, name);
        Stored stored = unclaimed.remove(label);
        int number = stored == null ? lastNumber.incrementAndGet() : stored.number;
        if (number > MAX_TABLES) {
            throw new StateFormException("the state has had more than " + MAX_TABLES + " tables: take a savepoint and start from that");
        }
        TableForms forms = stored == null ? new TableForms() : stored.forms;
        try {
            forms.want(table.form(), table.entryRows());
        } catch (StateFormException e) {
            throw new StateFormException("the state of operator " + label + " does not fit: " + e.getMessage()
                    + ". To start without any state, set 'execution.checkpointing.dir' to another folder");
        }
        table.open(new TableStore(store, incremental, number, forms, epochs), new BinaryReader(stored == null ? new byte[0] : stored.summary));
        tables.add(new Kept(number, forms, operator, name, table));
    }

    /**
     * Called when all operators have opened.
     *
     * @param ignoring whether tables that no operator has asked for are left out from now on; otherwise they are an error
     */
    public void checkClaimed(boolean ignoring) throws StateFormException {
        if (!ignoring && !unclaimed.isEmpty()) {
            throw new StateFormException("the state has tables that no operator of the job asks for: " + describe(unclaimed)
                    + ". What they belong to is no longer part of the job or has changed in what it is by. If they may be lost, say so with"
                    + " 'execution.state-recovery.ignore-unclaimed-state' = 'true'");
        }
        unclaimed.values().forEach(table -> dropped.add(table.number));
        unclaimed.clear();
    }

    private static String describe(Map<String, Stored> tables) {
        return tables.entrySet().stream().map(each -> each.getKey() + ", which holds " + each.getValue().forms).collect(Collectors.joining("; "));
    }

    /**
     * Writes all changes since the last complete checkpoint; what changes from now on belongs to the next.
     *
     * @return the epoch to {@link #complete} when they are durable
     */
    public int write(EntryBuffer buffer) {
        Changes changes = new Changes(buffer, !incremental, epochs.completed());
        BinaryWriter summary = new BinaryWriter();
        BinaryWriter entry = new BinaryWriter();
        for (Kept kept : tables) {
            changes.table(kept.number, kept.forms.current());
            kept.table.write(changes);
            summary.reset();
            kept.table.writeSummary(summary);
            entry.reset();
            entry.writeString(kept.operator);
            entry.writeString(kept.name);
            kept.forms.write(entry);
            entry.writeBytes(summary.bytes(), 0, summary.size());
            EngineTable.put(buffer, EngineTable.TABLE, Integer.toString(kept.number), entry);
        }
        for (int number : dropped) {
            EngineTable.remove(buffer, EngineTable.TABLE, Integer.toString(number));
        }
        return epochs.next();
    }

    /** Tables whose entries, other than the catalogue's, are to be removed from an incremental store. */
    public List<Integer> dropped() {
        return dropped;
    }

    /** Says that what was written is durable. */
    public void complete(int epoch) {
        epochs.complete(epoch);
        dropped.clear();
    }

    /** About how many entries have changed since {@link #write}. */
    public int changes() {
        return epochs.changes();
    }

    /** About how many bytes of memory are taken up by what could leave it. */
    public long evictableBytes() {
        long bytes = 0;
        for (Kept kept : tables) {
            bytes += kept.table.evictableBytes();
        }
        return bytes;
    }

    /** Lets entries leave memory that the last complete checkpoint has, about so many bytes; how many bytes that were. */
    public long evict(long bytes) {
        long freed = 0;
        for (Kept kept : tables) {
            if (freed < bytes) {
                freed += kept.table.evict(bytes - freed);
            }
        }
        return freed;
    }
}
