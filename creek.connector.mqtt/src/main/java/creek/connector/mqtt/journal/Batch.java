package creek.connector.mqtt.journal;

import creek.core.data.BinaryWriter;

/** Records one after the other, on their way from one thread to the next. */
public final class Batch {
    final BinaryWriter output = new BinaryWriter();
    /** Where the records end; eight bytes more can be read. */
    private int end;
    /** Records, noted as such or not. */
    private int messages;
    /** Where it begins in the journal, if there is one. */
    private long offset;

    /** Records that were written before, to be read. */
    public static Batch of(byte[] records) {
        Batch batch = new Batch();
        batch.output.writeRaw(records, 0, records.length);
        batch.seal();
        return batch;
    }

    void reset() {
        output.reset();
        end = 0;
        messages = 0;
        offset = 0;
    }

    int size() {
        return output.size();
    }

    boolean isEmpty() {
        return output.size() == 0;
    }

    void count() {
        messages++;
    }

    int messages() {
        return messages;
    }

    /** Nothing is written to it any more. */
    void seal() {
        end = output.size();
        output.writeLong(0);
    }

    void setOffset(long newOffset) {
        offset = newOffset;
    }

    public long offset() {
        return offset;
    }

    public byte[] bytes() {
        return output.bytes();
    }

    public int end() {
        return end;
    }
}
