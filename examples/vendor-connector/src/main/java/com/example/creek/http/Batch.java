package com.example.creek.http;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;

/** Rows that one request carries: a small stream of the table's format. */
final class Batch {
    private final long number;
    private final RowEncoder encoder;
    private final BinaryWriter body = new BinaryWriter();
    private int rows;

    Batch(long number, RowEncoder encoder) {
        this.number = number;
        this.encoder = encoder;
        encoder.begin(body);
    }

    void add(Row row) {
        encoder.encode(row, body);
        if (encoder.isDelimited()) {
            body.writeByte('\n');
        }
        rows++;
    }

    /** Closes the stream; no row comes after that. */
    void end() {
        encoder.flush(body);
    }

    long number() {
        return number;
    }

    int rows() {
        return rows;
    }

    /** The stream, from 0 to {@link #length}. */
    byte[] bytes() {
        return body.bytes();
    }

    int length() {
        return body.size();
    }
}
