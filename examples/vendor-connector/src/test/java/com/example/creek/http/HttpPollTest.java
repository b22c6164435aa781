package com.example.creek.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPollTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestSource table(String... more) {
        String[] options = List.of("url", server.url("/feed?key=secret"), "interval", "10 s").toArray(new String[4 + more.length]);
        System.arraycopy(more, 0, options, 4, more.length);
        return new TestSource(Path.of(""), options);
    }

    /** Has the server asked once and takes its answer. */
    private static void poll(TestSource table) throws Exception {
        assertEquals(ReadStatus.NOTHING_NOW, table.readAll());
        table.awaitWakeUp();
        table.readAll();
    }

    @Test
    void when_theBodyIsTheSame_then_itGivesNothing() throws Exception {
        for (String etag : new String[] {"\"1\"", null}) {
            server.publish(etag, "a\r\nb\n\nc");
            TestSource table = table();
            try (SourceReader reader = table.open(new HttpPollConnector())) {
                poll(table);
                assertEquals(List.of("a", "b", "", "c"), table.records());
                assertTrue(reader.location().endsWith("/feed, record 4"), reader.location());
                int before = server.requests;
                table.clock().advance(Duration.ofSeconds(9));
                table.readAll();
                assertEquals(before, server.requests, "asked before the interval is over");
                table.clock().advance(Duration.ofSeconds(1));
                poll(table);
                assertEquals(before + 1, server.requests);
                assertEquals(4, table.records().size());
            }
        }
        assertEquals(1, server.unchanged, "a body with an ETag is asked for by it");
    }

    @Test
    void when_theServerIsAway_then_itIsAskedLessAndLess() throws Exception {
        server.publish(null, "a");
        server.answer(503, 404, 500);
        TestSource table = table("max-backoff", "15 s");
        try (SourceReader reader = table.open(new HttpPollConnector())) {
            for (int wait : new int[] {10, 15, 15}) {
                poll(table);
                assertTrue(reader.location().contains("answered"), reader.location());
                int before = server.requests;
                table.clock().advance(Duration.ofSeconds(wait).minusMillis(1));
                table.readAll();
                assertEquals(before, server.requests);
                table.clock().advance(Duration.ofMillis(1));
            }
            poll(table);
            assertEquals(List.of("a"), table.records());
        }
    }

    @Test
    void when_theServerRefuses_then_theJobFailsAndSaysSoWithoutSecrets() throws Exception {
        server.answer(403);
        assertEquals("answered 403", failure(table()));
        server.publish(null, "x".repeat(100_000));
        assertEquals("answered with more than 'max-body-size', 99999 bytes", failure(table("max-body-size", "99999 b")));
    }

    private String failure(TestSource table) throws Exception {
        try (SourceReader reader = table.open(new HttpPollConnector())) {
            String message = assertThrows(IOException.class, () -> poll(table)).getMessage();
            assertFalse(message.contains("secret"), message);
            return message.substring(message.indexOf("answered"));
        }
    }
}
