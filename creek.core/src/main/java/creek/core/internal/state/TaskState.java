package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of a task's operators: their tables, by the operators' ids and the tables' names. On the job's thread. */
public final class TaskState {
    private static final int MAX_TABLES = 0xFFFF;
    /** Stands between a table's number and that of a subtask. */
    private static final String SUBTASK = "#";

    /**
     * A table as the catalogue has it.
     *
     * @param summaries by subtask
     */
    private record Stored(int number, TableForms forms, List<byte[]> summaries) {
    }

    private record Kept(int number, TableForms forms, String operator, String name, StateTable table, KeyGroups groups) {
    }

    /** The numbers of tables, which all subtasks agree on. */
    private static final class Numbers {
        private final Map<String, Integer> byLabel = new HashMap<>();
        private int last;

        synchronized void note(int number) {
            last = Math.max(last, number);
        }

        synchronized int next(String label) {
            return byLabel.computeIfAbsent(label, any -> ++last);
        }
    }

    private final StateStore store;
    private final boolean incremental;
    private final int subtask;
    private final int parallelism;
    /** How many subtasks there were before. */
    private final int before;
    private final Epochs epochs = new Epochs();
    private final Map<String, Stored> unclaimed = new TreeMap<>();
    private final List<Kept> tables = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private final Numbers numbers;

    /**
     * Reads the catalogue of a store.
     *
     * @param incremental {@link creek.core.state.StateBackend#isIncremental}
     * @throws DamagedStateException if it makes no sense
     */
    public TaskState(StateStore store, boolean incremental) throws IOException {
        this(store, incremental, 0, 1, 1, new Numbers());
    }

    /**
     * The states of the subtasks of a job; errors as for one.
     *
     * @param before how many subtasks there were at the last checkpoint
     */
    public static List<TaskState> of(StateStore store, boolean incremental, int parallelism, int before) throws IOException {
        List<TaskState> states = new ArrayList<>();
        Numbers numbers = new Numbers();
        for (int i = 0; i < parallelism; i++) {
            states.add(new TaskState(store, incremental, i, parallelism, before, numbers));
        }
        return states;
    }

    private TaskState(StateStore store, boolean incremental, int subtask, int parallelism, int before, Numbers numbers) throws IOException {
        this.store = store;
        this.incremental = incremental;
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.before = before;
        this.numbers = numbers;
        try {
            Map<String, BinaryReader> summaries = EngineTable.read(store, EngineTable.SUMMARY);
            EngineTable.read(store, EngineTable.TABLE).forEach((text, entry) -> readEntry(text, entry, summaries));
        } catch (RuntimeException e) {
            throw new DamagedStateException("the catalogue of the state's tables makes no sense: " + e.getMessage(), e);
        }
    }

    private void readEntry(String text, BinaryReader entry, Map<String, BinaryReader> others) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > MAX_TABLES) {
            throw new NumberFormatException(number + " is not the number of a table");
        }
        numbers.note(number);
        String label = label(entry.readString(), entry.readString());
        TableForms forms = new TableForms(entry);
        List<byte[]> summaries = new ArrayList<>(List.of(entry.readBytes()));
        for (int i = 1; i < before; i++) {
            BinaryReader other = others.get(number + SUBTASK + i);
            summaries.add(other == null ? new byte[0] : other.readBytes());
        }
        unclaimed.put(label, new Stored(number, forms, summaries));
    }

    private static String label(String operator, String name) {
        return operator + " (" + name + ")";
    }

    /**
     * Takes an operator's table in and fills it with what the last checkpoint left.
     *
     * @param gathered whether all rows come to the operator of the first subtask
     */
    public void keep(String operator, String name, boolean gathered, StateTable table) throws IOException {
        String label = label(operator, name);
        Stored stored = unclaimed.remove(label);
        int number = stored == null ? numbers.next(label) : stored.number;
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
        KeyGroups groups = gathered ? KeyGroups.gathered(subtask) : KeyGroups.of(subtask, parallelism);
        boolean isOther = stored != null && !gathered && parallelism != before;
        List<byte[]> summaries = isOther ? stored.summaries : null;
        TableStore tableStore = new TableStore(store, incremental, number, forms, epochs, groups, summaries);
        table.open(tableStore, new BinaryReader(stored == null ? new byte[0] : isOther ? firstOf(summaries) : summary(stored, gathered)));
        tables.add(new Kept(number, forms, operator, name, table, groups));
    }

    private static byte[] firstOf(List<byte[]> summaries) {
        return summaries.stream().filter(each -> each.length > 0).findFirst().orElse(new byte[0]);
    }

    private byte[] summary(Stored stored, boolean gathered) {
        return gathered && subtask > 0 ? new byte[0] : stored.summaries.get(subtask);
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
        if (subtask == 0) {
            unclaimed.values().forEach(table -> dropped.add(table.number));
        }
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
            changes.table(kept.number, kept.forms.current(), kept.groups);
            kept.table.write(changes);
            summary.reset();
            kept.table.writeSummary(summary);
            entry.reset();
            String number = Integer.toString(kept.number);
            if (subtask == 0) {
                entry.writeString(kept.operator);
                entry.writeString(kept.name);
                kept.forms.write(entry);
                entry.writeBytes(summary.bytes(), 0, summary.size());
                EngineTable.put(buffer, EngineTable.TABLE, number, entry);
            } else {
                entry.writeBytes(summary.bytes(), 0, summary.size());
                EngineTable.put(buffer, EngineTable.SUMMARY, number + SUBTASK + subtask, entry);
            }
        }
        for (int number : dropped) {
            EngineTable.remove(buffer, EngineTable.TABLE, Integer.toString(number));
            removeSummaries(buffer, number, 1);
        }
        for (Kept kept : tables) {
            if (subtask == 0) {
                removeSummaries(buffer, kept.number, parallelism);
            }
        }
        return epochs.next();
    }

    private void removeSummaries(EntryBuffer buffer, int number, int first) {
        for (int i = first; i < before; i++) {
            EngineTable.remove(buffer, EngineTable.SUMMARY, number + SUBTASK + i);
        }
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
