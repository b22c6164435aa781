package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.Packet;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Messages and the journal's notes as bytes, in memory as on disk: length of the body (4 bytes, little-endian), CRC32C of the body (4), body. A
 * body's first byte is its type. That of a message goes on with flags (1), packet id (2), {@linkplain #content what it is recognised by} (4), receive time
 * (8), length of the topic (varint), topic,
 * length of the properties (varint), {@linkplain Properties properties}, payload to the end.
 */
public final class Record {
    static final int HEADER = 8;
    static final byte MESSAGE = 1;
    /** How far the journal had been forced to disk: {@link #MAGIC} and the offset. */
    static final byte SYNCED = 2;
    /** What {@link Redeliveries} knows, at the start of a segment. */
    static final byte RECENT = 4;

    static final long MAGIC = 0x4B45_4552_434C_4A4DL;
    static final int LARGEST = 512 << 20;

    private static final int RETAINED = 4;
    private static final int DUPLICATE = 8;
    private static final int FIXED = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The record at hand. */
    private final BinaryReader reading = new BinaryReader();
    private final Utf8 slice = new Utf8();
    private int sliceEnd;
    private byte[] bytes;
    private int start;
    private int end;
    private int topicStart;
    private int topicEnd;
    private int propertiesStart;
    private int propertiesEnd;

    /** Appends a message. */
    static void write(Packet packet, int content, long time, BinaryWriter output, CRC32C crc) {
        int from = output.size();
        begin(output, MESSAGE);
        output.writeByte(packet.qos | (packet.retained ? RETAINED : 0) | (packet.duplicate ? DUPLICATE : 0));
        output.writeByte(packet.id);
        output.writeByte(packet.id >> 8);
        output.writeInt(content);
        output.writeLong(time);
        writeText(packet.topic, output);
        output.writeBytes(packet.properties.bytes(), 0, packet.properties.size());
        output.writeRaw(packet.payload, 0, packet.payload.length);
        finish(output, from, crc);
    }

    /** As UTF-8, most of which is ASCII. */
    private static void writeText(String text, BinaryWriter output) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        output.writeBytes(encoded, 0, encoded.length);
    }

    /** Begins a record whose body is written next. */
    static void begin(BinaryWriter output, byte type) {
        output.writeLong(0);
        output.writeByte(type);
    }

    /** Ends the record that began there. */
    static void finish(BinaryWriter output, int from, CRC32C crc) {
        int length = output.size() - from - HEADER;
        crc.reset();
        crc.update(output.bytes(), from + HEADER, length);
        INT.set(output.bytes(), from, length);
        INT.set(output.bytes(), from + Integer.BYTES, (int) crc.getValue());
    }

    /** What a message is recognised by: topic and payload and its length, as a sum. */
    static int content(Packet packet, CRC32C crc) {
        crc.reset();
        crc.update(packet.payload);
        return ((int) crc.getValue() * 31 + packet.topic.hashCode()) * 31 + packet.payload.length;
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /**
     * Whether there is a whole record with the right sum.
     *
     * @param limit where the bytes end
     */
    static boolean isValid(byte[] bytes, int from, int limit, CRC32C crc) {
        if (limit - from <= HEADER) {
            return false;
        }
        int length = getInt(bytes, from);
        if (length <= 0 || length > limit - from - HEADER) {
            return false;
        }
        crc.reset();
        crc.update(bytes, from + HEADER, length);
        return (int) crc.getValue() == getInt(bytes, from + Integer.BYTES);
    }

    /** Points this at a record, which must be whole. */
    public void set(byte[] newBytes, int from) {
        bytes = newBytes;
        start = from + HEADER;
        end = start + getInt(newBytes, from);
        if (!isMessage()) {
            return;
        }
        reading.reset(bytes, start + FIXED, end - start - FIXED);
        topicStart = skipLengthGiven();
        topicEnd = sliceEnd;
        propertiesStart = skipLengthGiven();
        propertiesEnd = sliceEnd;
    }

    /** Points this at nothing. */
    public void reset() {
        bytes = null;
    }

    /** Where the next slice, which is preceded by its length, begins; {@link #sliceEnd} is where it ends. */
    private int skipLengthGiven() {
        reading.readUtf8(slice);
        sliceEnd = slice.offset() + slice.length();
        return slice.offset();
    }

    /** Where the next record begins. */
    public int end() {
        return end;
    }

    byte type() {
        return bytes[start];
    }

    public boolean isMessage() {
        return bytes[start] == MESSAGE;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int payloadStart() {
        return propertiesEnd;
    }

    public int topicStart() {
        return topicStart;
    }

    public int topicEnd() {
        return topicEnd;
    }

    public int propertiesStart() {
        return propertiesStart;
    }

    public int propertiesEnd() {
        return propertiesEnd;
    }

    public String topic() {
        return new String(bytes, topicStart, topicEnd - topicStart, StandardCharsets.UTF_8);
    }

    public int qos() {
        return bytes[start + 1] & 3;
    }

    public boolean isRetained() {
        return (bytes[start + 1] & RETAINED) != 0;
    }

    public boolean isDuplicate() {
        return (bytes[start + 1] & DUPLICATE) != 0;
    }

    int packetId() {
        return bytes[start + 2] & 0xFF | (bytes[start + 3] & 0xFF) << 8;
    }

    /** What follows the type. */
    BinaryReader body() {
        BinaryReader body = new BinaryReader();
        body.reset(bytes, start + 1, end - start - 1);
        return body;
    }

    int content() {
        return getInt(bytes, start + 4);
    }

    /** When it was received, in milliseconds. */
    public long time() {
        return getLong(bytes, start + 8);
    }
}
