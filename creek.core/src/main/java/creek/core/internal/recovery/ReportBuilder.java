package creek.core.internal.recovery;

import creek.core.data.BinaryReader;
import creek.core.internal.state.EngineTable;
import creek.core.internal.task.EntryTexts;
import creek.core.job.StateReport;
import creek.core.job.StateReport.Part;
import creek.core.job.StateReport.Table;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what the entries of a store or snapshot are. They come in the order of keys, so that the catalogue comes before what it is about. */
final class ReportBuilder implements StateStore.Visitor {
    private static final int PREFIX = 3;

    /** Reads all entries of something. */
    interface Reading {
        void readInto(StateStore.Visitor visitor) throws IOException;
    }

    private static final class Count {
        private final String operator;
        private final String name;
        private long entries;
        private long bytes;

        Count(String operator, String name) {
            this.operator = operator;
            this.name = name;
        }
    }

    private final Map<Integer, Count> tables = new TreeMap<>();
    private final List<Part> sources = new ArrayList<>();
    private final List<Part> sinks = new ArrayList<>();
    private long entries;
    private long bytes;

    @Override
    public boolean entry(byte[] key, byte[] value) throws IOException {
        entries++;
        bytes += key.length + value.length;
        if (key.length < PREFIX) {
            throw new DamagedStateException("there is an entry with a key that no table has");
        }
        int number = (key[0] & 0xFF) << 8 | key[1] & 0xFF;
        if (number == 0) {
            try {
                engineEntry(key, new BinaryReader(value));
            } catch (RuntimeException e) {
                throw new DamagedStateException("there is an entry of the engine that makes no sense", e);
            }
        } else {
            Count count = tables.computeIfAbsent(number, unknown -> new Count("unknown", "table " + number));
            count.entries++;
            count.bytes += key.length + value.length;
        }
        return true;
    }

    private void engineEntry(byte[] key, BinaryReader value) {
        String id = new String(key, PREFIX + 1, key.length - PREFIX - 1, StandardCharsets.UTF_8);
        switch ((char) key[PREFIX]) {
            case EngineTable.TABLE -> tables.put(Integer.valueOf(id), new Count(value.readString(), value.readString()));
            case EngineTable.SOURCE -> sources.add(new Part(id, EntryTexts.ofSource(value)));
            case EngineTable.SINK -> sinks.add(new Part(id, EntryTexts.ofSink(value)));
            default -> {
                // of a later version of the engine
            }
        }
    }

    /** Reads everything; damage ends that and becomes part of the report. */
    StateReport report(String kind, Path path, String job, long checkpoint, String origin, Optional<Instant> time, long stored, Reading reading)
            throws IOException {
        String damage = null;
        try {
            reading.readInto(this);
        } catch (DamagedStateException e) {
            damage = e.getMessage();
        }
        List<Table> counted = tables.values().stream().map(count -> new Table(count.operator, count.name, count.entries, count.bytes)).toList();
        return new StateReport(kind, path, job, checkpoint, origin, time, entries, bytes, stored, counted, sources, sinks,
                Optional.ofNullable(damage), damage != null);
    }

    /** A report of what could not be read at all. */
    static StateReport problem(String kind, Path path, String job, String problem, boolean isDamaged) {
        return new StateReport(kind, path, job, 0, "", Optional.empty(), 0, 0, 0, List.of(), List.of(), List.of(), Optional.of(problem), isDamaged);
    }
}
