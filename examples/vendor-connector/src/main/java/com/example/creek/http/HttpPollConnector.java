package com.example.creek.http;

import creek.core.connector.Connector;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables in what a server answers: asked again and again, each answer that is another one gives its records. */
@Component(property = Connector.NAME + "=http-poll")
@Capability(namespace = Connector.NAME, name = "http-poll")
public final class HttpPollConnector implements Connector {
    static final ConfigOption<Duration> INTERVAL =
            ConfigOption.withDefault("interval", Duration.class, Duration.ofSeconds(10), "how long to wait after an answer before asking again");
    static final ConfigOption<MemorySize> MAX_BODY_SIZE = ConfigOption.withDefault("max-body-size", MemorySize.class, new MemorySize(8 << 20),
            "the longest answer that is taken; a longer one fails the job");

    private static final long LARGEST_BODY = 256 << 20;

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(Http.URL, Http.AUTHORIZATION, Http.TIMEOUT, Http.MAX_BACKOFF, INTERVAL, MAX_BODY_SIZE);
    }

    @Override
    public void validate(Options options, Schema schema) {
        Http.validate(options);
        Http.requireMillis(options, INTERVAL, Integer.MAX_VALUE);
        long size = options.get(MAX_BODY_SIZE).bytes();
        if (size < 1 || size > LARGEST_BODY) {
            throw new OptionException(MAX_BODY_SIZE.key(), "option '" + MAX_BODY_SIZE.key() + "' must be from 1 byte to 256 mb");
        }
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        if (context.framing().hasHeader()) {
            throw new OptionException("format", "the format of a table that is polled must give records that can be read by themselves");
        }
        return new HttpPollReader(context);
    }
}
