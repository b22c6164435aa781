package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.operator.Input;
import creek.core.operator.OperatorContext;
import creek.core.operator.WatermarkGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a source knows of time: the watermarks of its splits, which of them are idle, and what it has told those further down. */
final class SourceWatermarks {
    /** Null for a table without watermark. */
    private final WatermarkGenerator generator;
    private final OperatorContext context;
    private final boolean onEvent;
    private final long idleTimeout;
    private final Input output;

    private final CombinedWatermark watermarks = new CombinedWatermark();
    private CombinedWatermark.Part split = watermarks.add("");
    private boolean splitsNamed;
    /** How far splits were in other subtasks before the job was divided anew. */
    private final Map<String, Long> former = new HashMap<>();
    private long emitted = Long.MIN_VALUE;
    private boolean idle;
    private boolean ended;
    private long now;
    private long lastActive;
    /** The watermark beyond which this source waits for others. */
    private long limit = Long.MAX_VALUE;

    SourceWatermarks(WatermarkGenerator generator, OperatorContext context, boolean onEvent, long idleTimeout, Input output) {
        this.generator = generator;
        this.context = context;
        this.onEvent = onEvent;
        this.idleTimeout = idleTimeout;
        this.output = output;
    }

    /** Takes over what {@link #write} wrote. Before {@link #open}. */
    void read(BinaryReader entry) {
        ended = entry.readBoolean();
        idle = entry.readBoolean();
        emitted = entry.readLong();
        splitsNamed = entry.readBoolean();
        watermarks.read(entry);
        String name = entry.readString();
        split = entry.readBoolean() ? watermarks.of(name) : new CombinedWatermark.Part(name);
    }

    /** Takes over what several wrote whose splits are read by others now. Before {@link #open}. */
    void readShares(List<BinaryReader> entries) {
        ended = true;
        idle = true;
        emitted = Long.MAX_VALUE;
        for (BinaryReader entry : entries) {
            SourceWatermarks each = new SourceWatermarks(generator, context, onEvent, idleTimeout, output);
            each.read(entry);
            if (!each.ended) {
                ended = false;
                idle &= each.idle;
                emitted = Math.min(emitted, each.emitted);
                splitsNamed |= each.splitsNamed;
                each.watermarks.parts().forEach(part -> former.merge(part.name, part.watermark, Math::min));
            }
        }
        idle &= !ended;
        if (splitsNamed) {
            watermarks.remove(split);
        } else {
            split.watermark = former.getOrDefault(split.name, Long.MIN_VALUE);
        }
    }

    void write(BinaryWriter entry) {
        entry.writeBoolean(ended);
        entry.writeBoolean(idle);
        entry.writeLong(emitted);
        entry.writeBoolean(splitsNamed);
        watermarks.write(entry);
        entry.writeString(split.name);
        entry.writeBoolean(watermarks.parts().contains(split));
    }

    void open(long time) throws Exception {
        now = time;
        lastActive = time;
        watermarks.parts().forEach(part -> part.lastActive = time);
        if (generator != null) {
            generator.open(context);
        }
    }

    /** Tells those further down what they knew when the checkpoint was taken that the job goes on from. Nothing is due then. */
    void repeat() throws Exception {
        if (emitted != Long.MIN_VALUE) {
            output.watermark(emitted);
        }
        if (idle) {
            output.idle();
        }
    }

    /** What the clock shows from now on. */
    void setTime(long time) {
        now = time;
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        lastActive -= millis;
        watermarks.parts().forEach(part -> part.lastActive -= millis);
    }

    /** Says that something was read. */
    void active() {
        split.lastActive = now;
        split.idle = false;
        lastActive = now;
        idle = false;
    }

    /** Takes note of the time of a row that has been handled. */
    void row(Row row) throws Exception {
        if (generator != null) {
            long watermark = generator.watermark(row);
            if (watermark > split.watermark) {
                split.watermark = watermark;
                split.idle = false;
                if (onEvent && watermarks.update()) {
                    emit();
                }
            }
        }
    }

    /** Passes on the watermark that was reached, unless an operator is busy: then the loop calls again. */
    void emit() throws Exception {
        if (!onEvent) {
            watermarks.update();
        }
        long reached = ended ? Long.MAX_VALUE : watermarks.value();
        if (reached > emitted && !context.isOutputBusy()) {
            emitted = reached;
            output.watermark(reached);
        }
    }

    void beginSplit(String name) {
        if (!splitsNamed) {
            splitsNamed = true;
            watermarks.remove(split);
        }
        split = watermarks.of(name);
        split.watermark = Math.max(split.watermark, former.getOrDefault(name, Long.MIN_VALUE));
        split.lastActive = now;
        split.idle = false;
        idle = false;
    }

    /** Says that there is nothing to wait for until a split begins. Called when nobody is busy. */
    void noSplits() throws Exception {
        if (!splitsNamed) {
            splitsNamed = true;
            watermarks.remove(split);
        }
        idle = true;
        output.idle();
    }

    void endSplit(String name) {
        CombinedWatermark.Part done = watermarks.of(name);
        watermarks.remove(done);
        if (split == done) {
            split = new CombinedWatermark.Part("");
        }
        watermarks.update();
    }

    /**
     * Marks what has been silent for too long as idle. A split that has never had a row goes first: what the others have had counts then, even if they
     * fall silent at the same time, as after a source has read all that there was.
     */
    void checkIdle(long time) throws Exception {
        if (idleTimeout == 0 || ended || idle) {
            return;
        }
        if (markIdle(time, true)) {
            emit();
        }
        if (markIdle(time, false)) {
            emit();
        }
        if (time - lastActive >= idleTimeout && !context.isOutputBusy()) {
            idle = true;
            output.idle();
        }
    }

    /** Marks splits that have had no row yet, or all; whether the watermark has risen by that. */
    private boolean markIdle(long time, boolean unheardOnly) {
        boolean changed = false;
        for (CombinedWatermark.Part part : watermarks.parts()) {
            if (!part.idle && time - part.lastActive >= idleTimeout && (!unheardOnly || part.watermark == Long.MIN_VALUE)) {
                part.idle = true;
                changed = true;
            }
        }
        return changed && watermarks.update();
    }

    /** Says that nothing more comes. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Has the source wait while its watermark is higher than that. */
    void setLimit(long watermark) {
        limit = watermark;
    }

    /** Whether it is to wait for other sources. */
    boolean isAhead() {
        return emitted > limit;
    }

    /** Whether it has been silent for so long that nobody waits for it. */
    boolean isIdle() {
        return idle;
    }

    boolean areGenerated() {
        return generator != null;
    }

    /** The one that was emitted last. */
    long emitted() {
        return emitted;
    }
}
