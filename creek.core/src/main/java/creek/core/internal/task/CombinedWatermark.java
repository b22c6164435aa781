package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/** The watermark of several parts together: the lowest of those that are neither idle nor at their end. Never goes back. */
final class CombinedWatermark {
    /** One part: a split of a source, or an input of a union. */
    static final class Part {
        final String name;
        long watermark = Long.MIN_VALUE;
        boolean idle;
        /** When something last came, by the job's clock. */
        long lastActive;

        Part(String name) {
            this.name = name;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private long value = Long.MIN_VALUE;

    Part add(String name) {
        Part part = new Part(name);
        parts.add(part);
        return part;
    }

    /** The part of that name, which is added if there is none. */
    Part of(String name) {
        for (Part part : parts) {
            if (part.name.equals(name)) {
                return part;
            }
        }
        return add(name);
    }

    void remove(Part part) {
        parts.remove(part);
    }

    List<Part> parts() {
        return parts;
    }

    /** Computes the value anew; whether it has risen. */
    boolean update() {
        long lowest = Long.MAX_VALUE;
        boolean any = false;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (!part.idle) {
                lowest = Math.min(lowest, part.watermark);
                any = true;
            }
        }
        if (any && lowest > value) {
            value = lowest;
            return true;
        }
        return false;
    }

    /** Whether there are parts and all of them are idle. */
    boolean isIdle() {
        for (Part part : parts) {
            if (!part.idle) {
                return false;
            }
        }
        return !parts.isEmpty();
    }

    long value() {
        return value;
    }

    void write(BinaryWriter output) {
        output.writeLong(value);
        output.writeVarInt(parts.size());
        for (Part part : parts) {
            output.writeString(part.name);
            output.writeLong(part.watermark);
            output.writeBoolean(part.idle);
        }
    }

    /** Replaces the content by what {@link #write} wrote. */
    void read(BinaryReader input) {
        parts.clear();
        value = input.readLong();
        for (int left = input.readVarInt(); left > 0; left--) {
            Part part = add(input.readString());
            part.watermark = input.readLong();
            part.idle = input.readBoolean();
        }
    }
}
