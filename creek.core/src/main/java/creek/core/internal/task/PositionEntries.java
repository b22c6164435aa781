package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.state.DamagedStateException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * A source's position as entries of the engine: a short one is part of the source's own entry; of a long one, such as that of a folder of many files,
 * the rest is in entries of a few kilobytes each, of which those are written that have changed since the last complete checkpoint.
 */
final class PositionEntries {
    private static final int PIECE = 4096;

    private final String source;
    /** The position of the last complete checkpoint, and the one that was written since, if there is one. */
    private byte[] complete = {};
    private byte[] written;
    /** The pieces that checkpoints since the last complete one have changed: if one failed, what it wrote may be in the store. */
    private final BitSet touched = new BitSet();

    /** @param source its id */
    PositionEntries(String source) {
        this.source = source;
    }

    /**
     * Writes a position.
     *
     * @param entry   the source's own, to which the position's beginning is added
     * @param changes where the other entries go
     * @param all     whether they are to be written even if they have not changed
     */
    void write(byte[] position, BinaryWriter entry, EntryBuffer changes, boolean all) {
        written = position;
        entry.writeBytes(position, 0, Math.min(PIECE, position.length));
        int pieces = furtherPieces(position);
        entry.writeVarInt(pieces);
        BinaryWriter piece = new BinaryWriter();
        for (int i = 1; i <= pieces; i++) {
            int from = i * PIECE;
            int to = Math.min(from + PIECE, position.length);
            if (all || touched.get(i) || !isComplete(position, from, to)) {
                touched.set(i);
                piece.reset();
                piece.writeRaw(position, from, to - from);
                EngineTable.put(changes, EngineTable.POSITION_PIECE, id(i), piece);
            }
        }
        int most = Math.max(furtherPieces(complete), touched.length() - 1);
        for (int i = pieces + 1; !all && i <= most; i++) {
            touched.set(i);
            EngineTable.remove(changes, EngineTable.POSITION_PIECE, id(i));
        }
    }

    private boolean isComplete(byte[] position, int from, int to) {
        return from < complete.length && Arrays.equals(position, from, to, complete, from, Math.min(from + PIECE, complete.length));
    }

    private static int furtherPieces(byte[] position) {
        return Math.max(position.length - 1, 0) / PIECE;
    }

    /** The source of a further entry. */
    static String source(String id) {
        return id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }

    private String id(int piece) {
        return source + "/" + piece;
    }

    /**
     * Reads a position that was written so.
     *
     * @param pieces all further entries of positions
     */
    byte[] read(BinaryReader entry, Map<String, BinaryReader> pieces) throws DamagedStateException {
        BinaryWriter position = new BinaryWriter();
        byte[] beginning = entry.readBytes();
        position.writeRaw(beginning, 0, beginning.length);
        int count = entry.readVarInt();
        for (int i = 1; i <= count; i++) {
            BinaryReader piece = pieces.get(id(i));
            if (piece == null) {
                throw new DamagedStateException("the position of source " + source + " is damaged: entry " + i + " of " + count + " is missing");
            }
            while (piece.remaining() > 0) {
                position.writeByte(piece.readByte());
            }
        }
        complete = position.toBytes();
        return complete;
    }

    /** The position that was written last, now that its checkpoint is complete; null if none was written since the one before. */
    byte[] complete() {
        byte[] position = written;
        if (position != null) {
            complete = position;
            written = null;
            touched.clear();
        }
        return position;
    }
}
