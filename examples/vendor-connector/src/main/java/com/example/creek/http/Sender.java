package com.example.creek.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Posts batches in order on a thread of its own, each until the server has taken it. A request that the server has taken although its answer was lost
 * is made again, with the same {@code Idempotency-Key}.
 */
final class Sender {
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final int MOST_WAITING = 8;
    private static final int LONGEST_ANSWER = 64 << 10;

    private final Http http;
    private final long maxBackoffMillis;
    private final Thread thread;
    private final UUID id = UUID.randomUUID();
    private volatile HttpURLConnection current;

    // under this object's lock
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private long delivered;
    private IOException failure;
    private String problem;
    private boolean closed;

    Sender(Http http, String name, long maxBackoffMillis) {
        this.http = http;
        this.maxBackoffMillis = maxBackoffMillis;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a batch; their numbers rise by one, from 1. */
    synchronized void add(Batch batch) {
        waiting.add(batch);
        notifyAll();
    }

    /** Whether more batches should come now; they are taken nevertheless. */
    synchronized boolean isReady() {
        return waiting.size() < MOST_WAITING || failure != null;
    }

    /** Throws what the server has refused. */
    synchronized void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until the server has taken the batches up to that one. From any thread. */
    synchronized void await(long number, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (delivered < number) {
            check();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (closed || left <= 0) {
                throw new IOException(http.shown() + " has not taken all rows within " + millis + " ms" + (problem == null ? "" : ": " + problem));
            }
            wait(left);
        }
    }

    private void run() {
        try {
            for (Batch batch = next(); batch != null; batch = next()) {
                int failures = 0;
                while (!post(batch)) {
                    Thread.sleep(Http.backoffMillis(FIRST_BACKOFF_MILLIS, ++failures, maxBackoffMillis));
                }
                taken(batch);
            }
        } catch (InterruptedException e) {
            // closed
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The oldest batch, which stays in the queue; null when the sender is closed. */
    private synchronized Batch next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : waiting.peek();
    }

    private synchronized void taken(Batch batch) {
        waiting.remove();
        delivered = batch.number();
        problem = null;
        notifyAll();
    }

    private synchronized void fail(IOException reason) {
        failure = reason;
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void remember(String reason) {
        problem = reason;
    }

    /** Makes one request; false if it is to be made again. */
    private boolean post(Batch batch) throws IOException, InterruptedException {
        int status;
        try {
            status = request(batch);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            remember("it can't be reached: " + e.getMessage());
            return false;
        }
        if (status / 100 == 2) {
            return true;
        }
        if (!Http.isPassing(status)) {
            throw new IOException(http.shown() + " answered " + status + " to " + batch.rows() + " rows");
        }
        remember("it answered " + status);
        return false;
    }

    private int request(Batch batch) throws IOException {
        HttpURLConnection connection = http.prepare("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(batch.length());
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setRequestProperty("Idempotency-Key", id + "-" + batch.number());
        current = connection;
        if (isClosed()) {
            throw new IOException("closed");
        }
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(batch.bytes(), 0, batch.length());
            }
            int status = connection.getResponseCode();
            readAnswer(connection, status);
            return status;
        } finally {
            current = null;
        }
    }

    /** An answer that was read lets the connection be used again. */
    private static void readAnswer(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream()) {
            if (in != null) {
                in.readNBytes(LONGEST_ANSWER);
            }
        }
    }

    /** Breaks off what is under way, and forgets what is waiting. Does not wait for the thread. */
    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
        HttpURLConnection connection = current;
        if (connection != null) {
            connection.disconnect();
        }
    }
}
