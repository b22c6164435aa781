package com.example.creek.http;

import creek.core.connector.PendingCommit;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes batches of rows and hands them to a {@link Sender}. A checkpoint is complete when the server has taken all rows before it, so that those after
 * the last one come again when the job is started anew.
 *
 * <p>It does not take over from another version: what that one has not delivered yet is not in its commits. The job then waits for a checkpoint.
 */
final class WebhookWriter implements SinkWriter {
    private final SinkContext context;
    private final List<Integer> columns;
    private final int batchSize;
    private final long deliveryMillis;
    private final Sender sender;
    /** Null while it has no row. */
    private Batch batch;
    private long batches;
    /** The last batch that is part of a commit. */
    private long begun;

    WebhookWriter(SinkContext context) {
        this.context = context;
        columns = IntStream.range(0, context.schema().size()).boxed().toList();
        // Columns that the format can't carry are to be known before the first row.
        context.createStreamEncoder(columns);
        batchSize = context.options().get(WebhookConnector.BATCH_SIZE);
        deliveryMillis = context.options().get(WebhookConnector.DELIVERY_TIMEOUT).toMillis();
        sender = new Sender(new Http(context.options()), "creek webhook of table " + context.table(),
                context.options().get(Http.MAX_BACKOFF).toMillis());
    }

    @Override
    public void open() {
        sender.start();
    }

    @Override
    public boolean isReady() {
        return sender.isReady();
    }

    @Override
    public void write(Row row) throws IOException {
        if (batch == null) {
            sender.check();
            batch = new Batch(++batches, context.createStreamEncoder(columns));
        }
        batch.add(row);
        if (batch.rows() >= batchSize) {
            handOver();
        }
    }

    private void handOver() {
        batch.end();
        sender.add(batch);
        batch = null;
    }

    @Override
    public void flush() throws IOException {
        sender.check();
        if (batch != null) {
            handOver();
        }
    }

    @Override
    public PendingCommit beginCommit(long checkpoint) throws IOException {
        flush();
        if (batches == begun) {
            return null;
        }
        begun = batches;
        return new Delivery(batches);
    }

    /** All batches up to one. */
    private final class Delivery implements PendingCommit {
        private final long last;

        Delivery(long last) {
            this.last = last;
        }

        @Override
        public void write(BinaryWriter output) {
            // A complete checkpoint leaves nothing to be done.
        }

        @Override
        public void prepare() throws Exception {
            sender.await(last, deliveryMillis);
        }

        @Override
        public void commit() {
            // The server has it.
        }
    }

    @Override
    public void finish() throws Exception {
        flush();
        sender.await(batches, deliveryMillis);
    }

    @Override
    public void close() {
        sender.close();
    }
}
