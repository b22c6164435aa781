package com.example.creek.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Asks the server on a thread of its own, one request at a time, so that the job's thread never waits for it. */
final class Poller {
    private static final int SPARE_BYTES = 8;
    private static final int FIRST_SIZE = 16 << 10;

    /** What to ask for: another body than this one. */
    private record Request(String etag, String lastModified) {
    }

    private final Http http;
    private final long maxBytes;
    private final Runnable wakeUp;
    private final Thread thread;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private volatile HttpURLConnection current;
    private volatile boolean closed;

    Poller(Http http, String name, long maxBytes, Runnable wakeUp) {
        this.http = http;
        this.maxBytes = maxBytes;
        this.wakeUp = wakeUp;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has the server asked; exactly one {@link #poll answer} follows. */
    void ask(String etag, String lastModified) {
        requests.add(new Request(etag, lastModified));
    }

    /** The answer, or null while there is none. */
    Answer poll() {
        return answers.poll();
    }

    private void run() {
        try {
            while (!closed) {
                answers.add(answer(requests.take()));
                wakeUp.run();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private Answer answer(Request request) {
        try {
            HttpURLConnection connection = http.prepare("GET");
            if (!request.etag.isEmpty()) {
                connection.setRequestProperty("If-None-Match", request.etag);
            }
            if (!request.lastModified.isEmpty()) {
                connection.setRequestProperty("If-Modified-Since", request.lastModified);
            }
            current = connection;
            try {
                return closed ? new Answer.Unchanged() : answer(connection);
            } finally {
                current = null;
            }
        } catch (IOException e) {
            return new Answer.Nothing(http.shown() + " can't be reached: " + e.getMessage());
        }
    }

    private Answer answer(HttpURLConnection connection) throws IOException {
        long end = System.nanoTime() + http.timeoutMillis() * 1_000_000L;
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_NOT_MODIFIED || status == HttpURLConnection.HTTP_NO_CONTENT) {
            return new Answer.Unchanged();
        }
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            String what = http.shown() + " answered " + status;
            return Http.isPassing(status) ? new Answer.Nothing(what) : new Answer.Refused(new IOException(what));
        }
        byte[] bytes = new byte[FIRST_SIZE];
        int length = 0;
        try (InputStream in = connection.getInputStream()) {
            for (int count = 0; count >= 0; count = in.read(bytes, length, bytes.length - SPARE_BYTES - length)) {
                length += count;
                if (length > maxBytes) {
                    connection.disconnect();
                    return new Answer.Refused(new IOException(http.shown() + " answered with more than 'max-body-size', " + maxBytes + " bytes"));
                }
                if (System.nanoTime() > end) {
                    connection.disconnect();
                    return new Answer.Nothing(http.shown() + " has not answered in full within 'timeout'");
                }
                if (length == bytes.length - SPARE_BYTES) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
                }
            }
        }
        return new Answer.Body(bytes, length, text(connection.getHeaderField("ETag")), text(connection.getHeaderField("Last-Modified")));
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }

    /** Breaks off what is under way. Does not wait for it. */
    void close() {
        closed = true;
        thread.interrupt();
        HttpURLConnection connection = current;
        if (connection != null) {
            connection.disconnect();
        }
    }
}
