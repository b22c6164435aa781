package com.example.creek.http;

import creek.connector.testing.SinkContract;
import creek.core.connector.Connector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every sink does. */
class WebhookContractTest extends SinkContract {
    private TestServer server;

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
        return new WebhookConnector();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("url", server.url("/hook"), "batch.size", "7", "timeout", "5 s");
    }

    @Override
    protected List<String> arrived() {
        return server.posted();
    }

    @Override
    protected boolean isExactlyOnce() {
        return false;
    }

    @Override
    protected boolean stall() {
        server.stall();
        return true;
    }
}
