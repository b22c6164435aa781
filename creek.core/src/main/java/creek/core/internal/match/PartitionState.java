package creek.core.internal.match;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.ValueForm;
import creek.core.operator.Accumulator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions to bytes and back: each row once, then the entries, each behind the one that it follows, then the runs, in the order of their places
 * in the heaps.
 */
final class PartitionState implements ValueForm<Partition> {
    private static final int NONE = 0;

    private final String text;
    private final Automaton automaton;
    private final SharedBuffer buffer;
    private final RowSerializer serializer;
    private final Row row;
    /** The greatest number of a row that was read. */
    private long lastNumber = -1;

    /** @param text what tells the keys, the pattern's automaton and what its runs carry from others */
    PartitionState(String text, Schema schema, Automaton automaton, SharedBuffer buffer) {
        this.text = text;
        this.automaton = automaton;
        this.buffer = buffer;
        this.serializer = new RowSerializer(schema);
        this.row = new Row(schema.size());
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public EntryRows entryRows() {
        return new EntryRows(List.of(serializer.schema()), (key, stored, target, upgrades) -> {
            target.writeLong(stored.readLong());
            target.writeVarInt(stored.readVarInt());
            int size = stored.readVarInt();
            target.writeVarInt(size);
            for (int i = 0; i < size; i++) {
                EntryRows.copy(2 * Long.BYTES, stored, target);
                upgrades.get(0).copy(stored, target);
            }
            EntryRows.copyRest(stored, target);
        });
    }

    /** The greatest number that a row has had which was read; -1 if none was. */
    long lastNumber() {
        return lastNumber;
    }

    @Override
    public void write(Partition partition, BinaryWriter output) {
        output.writeLong(partition.queueNumber);
        List<Event> events = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        Map<Object, Integer> places = new IdentityHashMap<>();
        for (int i = 0; i < partition.waiting(); i++) {
            add(partition.waiting(i), events, places);
        }
        collect(partition.runs, events, entries, places);
        collect(partition.completed, events, entries, places);
        output.writeVarInt(partition.waiting());
        output.writeVarInt(events.size());
        for (Event event : events) {
            output.writeLong(event.time);
            output.writeLong(event.number);
            serializer.write(event.row, output);
        }
        output.writeVarInt(entries.size());
        for (Entry entry : entries) {
            output.writeVarInt(places.get(entry.event));
            output.writeVarInt(entry.variable);
            output.writeVarInt(entry.previous == null ? NONE : places.get(entry.previous));
        }
        write(partition.runs, places, output);
        write(partition.completed, places, output);
    }

    private static <T> void add(T part, List<T> list, Map<Object, Integer> places) {
        if (places.putIfAbsent(part, list.size() + 1) == null) {
            list.add(part);
        }
    }

    private static void collect(RunHeap runs, List<Event> events, List<Entry> entries, Map<Object, Integer> places) {
        for (int i = 0; i < runs.size(); i++) {
            ArrayDeque<Entry> unknown = new ArrayDeque<>();
            for (Entry entry = runs.get(i).last; entry != null && !places.containsKey(entry); entry = entry.previous) {
                unknown.push(entry);
            }
            for (Entry entry : unknown) {
                add(entry.event, events, places);
                add(entry, entries, places);
            }
        }
    }

    private static void write(RunHeap runs, Map<Object, Integer> places, BinaryWriter output) {
        output.writeVarInt(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            output.writeVarInt(run.state.number);
            output.writeVarInt(run.last == null ? NONE : places.get(run.last));
            output.writeLong(run.startNumber);
            output.writeLong(run.startTime);
            for (Accumulator aggregates : run.aggregates) {
                output.writeBoolean(aggregates != null);
                if (aggregates != null) {
                    aggregates.write(output);
                }
            }
        }
    }

    @Override
    public Partition read(BinaryReader input) {
        Partition partition = new Partition();
        partition.queueNumber = input.readLong();
        int waiting = input.readVarInt();
        List<Event> events = new ArrayList<>();
        for (int size = input.readVarInt(); events.size() < size; ) {
            Event event = buffer.newEvent();
            event.time = input.readLong();
            event.number = input.readLong();
            lastNumber = Math.max(lastNumber, event.number);
            serializer.read(input, row);
            event.row.keepFrom(row);
            events.add(event);
        }
        List<Entry> entries = new ArrayList<>();
        for (int size = input.readVarInt(); entries.size() < size; ) {
            Event event = events.get(input.readVarInt() - 1);
            int variable = input.readVarInt();
            int previous = input.readVarInt();
            entries.add(buffer.newEntry(event, variable, previous == NONE ? null : entries.get(previous - 1)));
        }
        read(input, entries, partition.runs);
        read(input, entries, partition.completed);
        // those that wait come first and keep the reference that they were made with
        events.subList(0, waiting).forEach(partition::awaitLast);
        events.subList(waiting, events.size()).forEach(buffer::release);
        return partition;
    }

    private void read(BinaryReader input, List<Entry> entries, RunHeap runs) {
        for (int size = input.readVarInt(); runs.size() < size; ) {
            PatternState state = automaton.state(input.readVarInt());
            int last = input.readVarInt();
            Run run = buffer.newRun(state, last == NONE ? null : entries.get(last - 1), input.readLong(), input.readLong());
            for (int i = 0; i < run.aggregates.length; i++) {
                if (input.readBoolean()) {
                    run.aggregates[i] = buffer.newAccumulator(i);
                    run.aggregates[i].read(input);
                }
            }
            // a heap's own order stays as it is
            runs.add(run);
        }
    }
}
