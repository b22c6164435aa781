package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.DamagedStateException;
import java.util.ArrayList;
import java.util.List;

/**
 * Units of a sink that are not committed yet, with nothing of the connector's classes.
 *
 * @param version their form
 * @param units   oldest first; not to be changed
 */
record SinkUnits(int version, List<byte[]> units) {
    static SinkUnits of(int version, List<PendingCommit> pending) throws Exception {
        List<byte[]> units = new ArrayList<>();
        BinaryWriter bytes = new BinaryWriter();
        for (PendingCommit each : pending) {
            bytes.reset();
            each.write(bytes);
            units.add(bytes.toBytes());
        }
        return new SinkUnits(version, units);
    }

    /** @param sink its id, for messages */
    static SinkUnits read(String sink, BinaryReader entry) throws DamagedStateException {
        try {
            int version = entry.readInt();
            List<byte[]> units = new ArrayList<>();
            for (int count = entry.readVarInt(); units.size() < count; ) {
                units.add(entry.readBytes());
            }
            return new SinkUnits(version, units);
        } catch (RuntimeException e) {
            throw new DamagedStateException("what the state has of sink " + sink + " makes no sense: " + e.getMessage(), e);
        }
    }

    void write(BinaryWriter entry) {
        entry.writeInt(version);
        entry.writeVarInt(units.size());
        for (byte[] unit : units) {
            entry.writeBytes(unit, 0, unit.length);
        }
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    List<BinaryReader> readers() {
        return units.stream().map(BinaryReader::new).toList();
    }
}
