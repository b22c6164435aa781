package com.example.creek.http;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** What both connectors have in common: where they ask, and what answers mean. */
final class Http {
    static final ConfigOption<String> URL = ConfigOption.required("url", String.class, "where to ask, http:// or https://");
    static final ConfigOption<String> AUTHORIZATION =
            ConfigOption.optional("authorization", String.class, "the header Authorization of each request").asSecret();
    static final ConfigOption<Duration> TIMEOUT =
            ConfigOption.withDefault("timeout", Duration.class, Duration.ofSeconds(10), "how long one request may take");
    static final ConfigOption<Duration> MAX_BACKOFF = ConfigOption.withDefault("max-backoff", Duration.class, Duration.ofMinutes(1),
            "how long to wait at most before the next attempt when the server can't be reached");

    private static final int LARGEST_TIMEOUT_MILLIS = 3_600_000;

    private final URI uri;
    private final String authorization;
    private final int timeoutMillis;

    Http(Options options) {
        uri = uri(options);
        authorization = options.get(AUTHORIZATION);
        timeoutMillis = (int) options.get(TIMEOUT).toMillis();
    }

    /** Checks what an option's type does not say. */
    static void validate(Options options) {
        uri(options);
        requireMillis(options, TIMEOUT, LARGEST_TIMEOUT_MILLIS);
        requireMillis(options, MAX_BACKOFF, Integer.MAX_VALUE);
    }

    static void requireMillis(Options options, ConfigOption<Duration> option, long most) {
        long millis = options.get(option).toMillis();
        if (millis < 1 || millis > most) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be from 1 ms to " + Duration.ofMillis(most).toMinutes() + " min");
        }
    }

    private static URI uri(Options options) {
        try {
            URI uri = new URI(options.get(URL));
            if (uri.getHost() != null && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // as one of another scheme
        }
        // The text may hold a password and is not shown.
        throw new OptionException(URL.key(), "option 'url' is not an address that begins with http:// or https://");
    }

    /** The address without what may be nobody's business, for messages. */
    String shown() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + (uri.getPath() == null ? "" : uri.getPath());
    }

    int timeoutMillis() {
        return timeoutMillis;
    }

    /** A request that has not begun. */
    HttpURLConnection prepare(String method) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setUseCaches(false);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    /** Whether an answer of that status may be another one if the request is made again later. */
    static boolean isPassing(int status) {
        return status >= 500 || status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT || status == 429;
    }

    /** How long to wait after so many failures in a row. */
    static long backoffMillis(long firstMillis, int failures, long mostMillis) {
        return Math.min(mostMillis, firstMillis << Math.min(failures - 1, 20));
    }
}
