package com.example.creek.http;

import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables that are posted to a server, some rows at a time. Each row arrives at least once. */
@Component(property = Connector.NAME + "=webhook")
@Capability(namespace = Connector.NAME, name = "webhook")
public final class WebhookConnector implements Connector {
    static final ConfigOption<Integer> BATCH_SIZE =
            ConfigOption.withDefault("batch.size", Integer.class, 100, "how many rows a request has at most; fewer after a second, or with a checkpoint");
    static final ConfigOption<Duration> DELIVERY_TIMEOUT = ConfigOption.withDefault("delivery.timeout", Duration.class, Duration.ofMinutes(2),
            "how long a checkpoint, or the end of the job, waits for what was written to arrive before it fails");

    private static final int LARGEST_BATCH = 100_000;

    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(Http.URL, Http.AUTHORIZATION, Http.TIMEOUT, Http.MAX_BACKOFF, BATCH_SIZE, DELIVERY_TIMEOUT);
    }

    @Override
    public void validate(Options options, Schema schema) {
        Http.validate(options);
        Http.requireMillis(options, DELIVERY_TIMEOUT, Integer.MAX_VALUE);
        int size = options.get(BATCH_SIZE);
        if (size < 1 || size > LARGEST_BATCH) {
            throw new OptionException(BATCH_SIZE.key(), "option '" + BATCH_SIZE.key() + "' must be from 1 to " + LARGEST_BATCH + ", not " + size);
        }
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new WebhookWriter(context);
    }
}
