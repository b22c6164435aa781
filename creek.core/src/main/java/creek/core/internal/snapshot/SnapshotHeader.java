package creek.core.internal.snapshot;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a snapshot file says of itself.
 *
 * @param job          the job's name, at most {@link #MAX_TEXT} characters of it
 * @param checkpoint   the number of the checkpoint whose state this is
 * @param time         when it was written, epoch milliseconds
 * @param engine       the version of the engine that wrote it
 * @param isCompressed whether blocks may be compressed
 * @param id           a random number, part of all checksums: a block of one file is not taken for one of another
 */
public record SnapshotHeader(SnapshotKind kind, String job, long checkpoint, long time, String engine, boolean isCompressed, long id) {
    private static final int MAX_TEXT = 1000;

    public static SnapshotHeader of(SnapshotKind kind, String job, long checkpoint, long time, boolean isCompressed) {
        return new SnapshotHeader(kind, job, checkpoint, time, EngineVersion.TEXT, isCompressed, ThreadLocalRandom.current().nextLong());
    }

    void write(BinaryWriter output) {
        output.writeByte(kind.ordinal());
        output.writeBoolean(isCompressed);
        output.writeLong(id);
        output.writeLong(checkpoint);
        output.writeLong(time);
        output.writeString(cut(engine));
        output.writeString(cut(job));
    }

    /** @throws RuntimeException if these bytes are no header */
    static SnapshotHeader read(BinaryReader input) {
        SnapshotKind kind = SnapshotKind.values()[input.readByte()];
        boolean isCompressed = input.readBoolean();
        long id = input.readLong();
        long checkpoint = input.readLong();
        long time = input.readLong();
        String engine = input.readString();
        return new SnapshotHeader(kind, input.readString(), checkpoint, time, engine, isCompressed, id);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
