package com.example.creek.http;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.format.Framing;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;

/** Reads each body record by record; asks for the next one when it has none and the time has come. */
final class HttpPollReader implements SourceReader {
    private static final byte[] SPARE = new byte[8];

    private final Http http;
    private final Poller poller;
    private final Framing framing;
    private final Clock clock;
    private final long intervalMillis;
    private final long maxBackoffMillis;

    /** The last body, of which {@code [from, to)} is still to be read; its bytes are followed by eight more. */
    private byte[] bytes = SPARE;
    private int from;
    private int to;
    private long records;
    private String etag = "";
    private String lastModified = "";
    private byte[] digest = {};

    private boolean asking;
    private long nextAsk = Long.MIN_VALUE;
    private int failures;
    private String problem;

    HttpPollReader(SourceContext context) {
        http = new Http(context.options());
        framing = context.framing();
        clock = context.clock();
        intervalMillis = context.options().get(HttpPollConnector.INTERVAL).toMillis();
        maxBackoffMillis = context.options().get(Http.MAX_BACKOFF).toMillis();
        poller = new Poller(http, "creek http-poll of table " + context.table(), context.options().get(HttpPollConnector.MAX_BODY_SIZE).bytes(),
                context::wakeUp);
    }

    @Override
    public void open() {
        poller.start();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (from == to) {
            Answer answer = asking ? poller.poll() : null;
            if (answer != null) {
                asking = false;
                take(answer);
            } else if (!asking && clock.millis() >= nextAsk) {
                asking = true;
                poller.ask(etag, lastModified);
            }
        }
        if (from == to) {
            return ReadStatus.NOTHING_NOW;
        }
        while (from < to && !output.isFull()) {
            handOut(output);
        }
        return ReadStatus.MORE;
    }

    private void take(Answer answer) throws IOException {
        if (answer instanceof Answer.Refused refused) {
            throw refused.problem();
        }
        if (answer instanceof Answer.Nothing nothing) {
            problem = nothing.reason();
            nextAsk = clock.millis() + Http.backoffMillis(intervalMillis, ++failures, Math.max(intervalMillis, maxBackoffMillis));
            return;
        }
        failures = 0;
        problem = null;
        nextAsk = clock.millis() + intervalMillis;
        if (answer instanceof Answer.Body body) {
            byte[] fresh = digest(body);
            etag = body.etag();
            lastModified = body.lastModified();
            if (!Arrays.equals(fresh, digest)) {
                digest = fresh;
                bytes = body.bytes();
                from = 0;
                to = body.length();
                records = 0;
            }
        }
    }

    private static byte[] digest(Answer.Body body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.bytes(), 0, body.length());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What a body ends with is a record, delimiter or not. */
    private void handOut(RecordOutput output) throws Exception {
        int start = from;
        int end = framing.findEnd(bytes, start, to);
        from = end < 0 ? to : framing.isDelimited() ? end + 1 : end;
        int last = end < 0 ? to : end;
        if (framing.isDelimited() && last > start && last < to && bytes[last] == '\n' && bytes[last - 1] == '\r') {
            last--;
        }
        records++;
        output.record(bytes, start, last);
    }

    @Override
    public String location() {
        return http.shown() + ", " + (lastModified.isEmpty() ? "" : "of " + lastModified + ", ") + "record " + records
                + (problem == null ? "" : "; " + problem);
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public int positionVersion() {
        return PollPosition.VERSION;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        new PollPosition(etag, lastModified, digest, records, Arrays.copyOfRange(bytes, from, to)).write(output);
    }

    @Override
    public void restorePosition(int version, BinaryReader input) throws PositionException {
        PollPosition position = PollPosition.read(version, input);
        etag = position.etag();
        lastModified = position.lastModified();
        digest = position.digest();
        records = position.records();
        bytes = Arrays.copyOf(position.rest(), position.rest().length + SPARE.length);
        from = 0;
        to = position.rest().length;
    }

    @Override
    public void close() {
        poller.close();
    }
}
