package com.example.creek.http;

import creek.connector.testing.SourceContract;
import creek.core.connector.Connector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every source does. */
class HttpPollContractTest extends SourceContract {
    private TestServer server;
    private int versions;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected Connector connector() {
        return new HttpPollConnector();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("url", server.url("/feed"), "interval", "1 s", "timeout", "5 s");
    }

    @Override
    protected List<String> provide() {
        versions++;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            lines.add("version " + versions + ", line " + i);
        }
        server.publish("\"" + versions + "\"", String.join("\n", lines));
        return lines;
    }
}
