package com.example.creek.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server on the loopback with something to get, {@code /feed}, and something to post to, {@code /hook}. */
final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private volatile boolean stalled;
    private volatile boolean away;
    private volatile byte[] content = {};
    private volatile String etag;
    volatile int requests;
    volatile int unchanged;

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What there is to get from now on. */
    void publish(String newEtag, String text) {
        etag = newEtag;
        content = text.getBytes(StandardCharsets.UTF_8);
    }

    /** The lines that were posted. */
    List<String> posted() {
        synchronized (posted) {
            return List.copyOf(posted);
        }
    }

    /** Has the next requests answered so. */
    synchronized void answer(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    private synchronized int status() {
        return away ? 500 : statuses.isEmpty() ? 200 : statuses.remove();
    }

    /** Whether it answers all with an error. */
    void away(boolean now) {
        away = now;
    }

    /** Answers nobody until it is closed. */
    void stall() {
        stalled = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests++;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (stalled) {
                closing.await();
                return;
            }
            int status = status();
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                posted.addAll(new String(body, StandardCharsets.UTF_8).lines().toList());
                exchange.sendResponseHeaders(204, -1);
            } else {
                get(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        if (etag != null && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            unchanged++;
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
