package com.example.creek.http;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

/**
 * Where reading stands: which body was the last, and what is still to be read of it. The server may have another one by the time at which somebody
 * goes on from here; what is left of the last one is therefore part of the position.
 *
 * @param etag         the last body's, or ""
 * @param lastModified the last body's, or ""
 * @param digest       of the last body, for servers that name none; empty before the first
 * @param records      how many of its records were read
 * @param rest         the bytes that follow them
 */
record PollPosition(String etag, String lastModified, byte[] digest, long records, byte[] rest) {
    /** Rises whenever the form changes. A version that changes it goes on reading the earlier ones. */
    static final int VERSION = 1;

    void write(BinaryWriter output) {
        output.writeString(etag);
        output.writeString(lastModified);
        output.writeBytes(digest, 0, digest.length);
        output.writeLong(records);
        output.writeBytes(rest, 0, rest.length);
    }

    static PollPosition read(int version, BinaryReader input) throws PositionException {
        if (version != VERSION) {
            throw new PositionException("positions of form " + version + " are not known, only " + VERSION);
        }
        try {
            PollPosition position = new PollPosition(input.readString(), input.readString(), input.readBytes(), input.readLong(), input.readBytes());
            if (position.records >= 0 && input.remaining() == 0) {
                return position;
            }
        } catch (IndexOutOfBoundsException e) {
            // as one that is too long
        }
        throw new PositionException("the position is damaged");
    }
}
