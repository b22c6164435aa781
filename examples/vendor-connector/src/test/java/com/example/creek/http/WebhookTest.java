package com.example.creek.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.connector.testing.TestSink;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SinkWriter open(String... more) throws Exception {
        String[] options = List.of("url", server.url("/hook"), "max-backoff", "1 ms").toArray(new String[4 + more.length]);
        System.arraycopy(more, 0, options, 4, more.length);
        SinkWriter writer = new WebhookConnector().createWriter(new TestSink(Path.of(""), options).withCheckpoints());
        writer.open();
        return writer;
    }

    @Test
    void when_theServerIsAwayForAWhile_then_rowsArriveInOrderOnce() throws Exception {
        server.answer(503, 200, 500, 429, 200);
        try (SinkWriter writer = open("batch.size", "1")) {
            for (String name : List.of("a", "b", "c")) {
                writer.write(TestSink.row(name, "s", 1));
            }
            writer.finish();
        }
        assertEquals(List.of("a,s,1", "b,s,1", "c,s,1"), server.posted());
    }

    @Test
    void when_theServerRefusesRows_then_theJobFails() throws Exception {
        server.answer(400);
        try (SinkWriter writer = open()) {
            writer.write(TestSink.row("a", "s", 1));
            IOException problem = assertThrows(IOException.class, writer::finish);
            assertEquals(server.url("/hook") + " answered 400 to 1 rows", problem.getMessage());
            assertThrows(IOException.class, writer::flush);
        }
    }

    @Test
    void when_theServerDoesNotAnswer_then_theCheckpointFailsAndTheNextOneTriesAgain() throws Exception {
        server.away(true);
        try (SinkWriter writer = open("delivery.timeout", "1 ms")) {
            writer.write(TestSink.row("a", "s", 1));
            PendingCommit unit = writer.beginCommit(1);
            assertThrows(IOException.class, unit::prepare);
            server.away(false);
            while (server.posted().isEmpty()) {
                Thread.onSpinWait();
            }
            while (!isPrepared(unit)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isPrepared(PendingCommit unit) throws Exception {
        try {
            unit.prepare();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
