package creek.core.internal.task;

import creek.core.data.BinaryReader;
import java.time.Instant;

/** What checkpoints have of sources and sinks, for people: see {@link SourceDriver#writePosition} and {@link SinkDriver#beginCommit}. */
public final class EntryTexts {
    private EntryTexts() {
    }

    /** @throws RuntimeException if the entry makes no sense */
    public static String ofSource(BinaryReader entry) {
        String text = entry.readBoolean() ? "at its end" : "";
        entry.readBoolean();
        long watermark = entry.readLong();
        entry.readBoolean();
        new CombinedWatermark().read(entry);
        entry.readString();
        entry.readBoolean();
        int version = entry.readInt();
        if (text.isEmpty()) {
            text = version == SourceDriver.NO_POSITION ? "no position" : "position of form " + version + ", " + entry.readVarInt() + " bytes";
        }
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE ? text : text + ", watermark " + Instant.ofEpochMilli(watermark);
    }

    /** @throws RuntimeException if the entry makes no sense */
    public static String ofSink(BinaryReader entry) {
        int version = entry.readInt();
        int commits = entry.readVarInt();
        return commits + " to commit, of form " + version + ", " + entry.remaining() + " bytes";
    }
}
