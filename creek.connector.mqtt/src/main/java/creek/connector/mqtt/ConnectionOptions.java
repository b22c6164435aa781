package creek.connector.mqtt;

import creek.connector.mqtt.client.LinkSettings;
import creek.connector.mqtt.client.Tls;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/** What a table's options say about its connection: the broker, who the client is, certificates and keys. */
final class ConnectionOptions {
    /** Paho's schemes, and other names for them. */
    private static final Map<String, String> SCHEMES = Map.of("tcp", "tcp", "mqtt", "tcp", "ssl", "ssl", "mqtts", "ssl", "tls", "ssl",
            "ws", "ws", "wss", "wss");

    private final Options options;

    ConnectionOptions(Options options) {
        this.options = options;
    }

    /** @throws OptionException for the first thing that is wrong, as far as that can be told from the options alone */
    void validate() {
        urls();
        String version = options.get(MqttOptions.PROTOCOL);
        if (!version.equals("5") && !version.equals("3.1.1")) {
            throw new OptionException(MqttOptions.PROTOCOL.key(), "option 'protocol.version' must be '5' or '3.1.1', not '" + version + "'");
        }
        List<ConfigOption<String>> passwords = List.of(MqttOptions.PASSWORD, MqttOptions.PASSWORD_ENV, MqttOptions.PASSWORD_FILE);
        List<ConfigOption<String>> given = passwords.stream().filter(option -> options.contains(option.key())).toList();
        if (given.size() > 1) {
            throw new OptionException(given.get(1).key(), "the password is given twice, by '" + given.get(0).key() + "' and '"
                    + given.get(1).key() + "'");
        }
        if (given.size() == 1 && !options.contains(MqttOptions.USERNAME.key())) {
            throw new OptionException(given.get(0).key(), "option '" + given.get(0).key() + "' needs 'username'");
        }
        together(MqttOptions.CERTIFICATE_FILE, MqttOptions.KEY_FILE);
        exclude(MqttOptions.CERTIFICATE_FILE, MqttOptions.KEYSTORE);
        exclude(MqttOptions.CA_FILE, MqttOptions.TRUSTSTORE);
        atLeast(MqttOptions.CONNECT_TIMEOUT, Duration.ofMillis(1));
        atLeast(MqttOptions.RECONNECT_DELAY, Duration.ofMillis(1));
        atLeast(MqttOptions.RECONNECT_MAX_DELAY, options.get(MqttOptions.RECONNECT_DELAY));
        if (options.contains(MqttOptions.CONNECT_ATTEMPTS.key()) && options.get(MqttOptions.CONNECT_ATTEMPTS) < 1) {
            throw new OptionException(MqttOptions.CONNECT_ATTEMPTS.key(), "option 'connect.max-attempts' must be at least 1");
        }
        long keepAlive = options.get(MqttOptions.KEEP_ALIVE).toSeconds();
        if (keepAlive > 65_535) {
            throw new OptionException(MqttOptions.KEEP_ALIVE.key(), "option 'keep-alive' must be at most 65535 s");
        }
    }

    private void together(ConfigOption<?> one, ConfigOption<?> other) {
        if (options.contains(one.key()) != options.contains(other.key())) {
            ConfigOption<?> missing = options.contains(one.key()) ? other : one;
            throw new OptionException(missing.key(), "options '" + one.key() + "' and '" + other.key() + "' go together; '" + missing.key()
                    + "' is missing");
        }
    }

    private void exclude(ConfigOption<?> one, ConfigOption<?> other) {
        if (options.contains(one.key()) && options.contains(other.key())) {
            throw new OptionException(other.key(), "option '" + other.key() + "' can't go with '" + one.key() + "'");
        }
    }

    private void atLeast(ConfigOption<Duration> option, Duration least) {
        if (options.get(option).compareTo(least) < 0) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be at least " + least.toMillis() + " ms");
        }
    }

    private List<String> urls() {
        List<String> urls = Stream.of(options.get(MqttOptions.URL).split(";")).map(String::strip).filter(url -> !url.isEmpty())
                .map(ConnectionOptions::url).toList();
        if (urls.isEmpty()) {
            throw new OptionException(MqttOptions.URL.key(), "option 'url' is empty; it is like tcp://localhost:1883");
        }
        return urls;
    }

    private static String url(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? null : SCHEMES.get(uri.getScheme());
            if (uri.getUserInfo() != null) {
                throw new OptionException(MqttOptions.URL.key(), "option 'url' has a user in it; that belongs into 'username' and 'password'");
            }
            if (scheme != null && uri.getHost() != null) {
                return scheme + text.substring(text.indexOf(':'));
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new OptionException(MqttOptions.URL.key(),
                "option 'url': '" + text + "' is not like tcp://host:1883, ssl://host:8883, ws://host/path or wss://host/path");
    }

    /**
     * All that it takes to connect.
     *
     * @param clientId    the client's name if no option gives one
     * @param folder      what paths are relative to
     */
    LinkSettings settings(String clientId, boolean cleanStart, Path folder) {
        List<String> urls = urls();
        boolean encrypted = urls.stream().anyMatch(url -> url.startsWith("ssl:") || url.startsWith("wss:"));
        return new LinkSettings(urls, options.get(MqttOptions.PROTOCOL).equals("5"), options.find(MqttOptions.CLIENT_ID).orElse(clientId),
                options.get(MqttOptions.USERNAME), password(folder), options.get(MqttOptions.KEEP_ALIVE),
                options.get(MqttOptions.CONNECT_TIMEOUT), cleanStart, expiry(cleanStart),
                options.get(MqttOptions.RECEIVE_MAXIMUM), encrypted ? sockets(folder) : null, options.get(MqttOptions.VERIFY_HOSTNAME),
                options.get(MqttOptions.RECONNECT_DELAY), options.get(MqttOptions.RECONNECT_MAX_DELAY), options.get(MqttOptions.CONNECT_ATTEMPTS));
    }

    private Duration expiry(boolean cleanStart) {
        return options.find(MqttOptions.SESSION_EXPIRY).orElse(cleanStart ? Duration.ofMinutes(10) : Duration.ofDays(7));
    }

    private char[] password(Path folder) {
        String password = options.get(MqttOptions.PASSWORD);
        String variable = options.get(MqttOptions.PASSWORD_ENV);
        String file = options.get(MqttOptions.PASSWORD_FILE);
        if (variable != null) {
            password = System.getenv(variable);
            if (password == null) {
                throw new OptionException(MqttOptions.PASSWORD_ENV.key(), "'password.env': there is no environment variable " + variable);
            }
        } else if (file != null) {
            try {
                password = Files.readString(folder.resolve(file)).lines().findFirst().orElse("");
            } catch (IOException e) {
                throw new OptionException(MqttOptions.PASSWORD_FILE.key(), "'password.file': can't read " + folder.resolve(file));
            }
        }
        return password == null ? null : password.toCharArray();
    }

    private SSLSocketFactory sockets(Path folder) {
        String key = MqttOptions.CA_FILE.key();
        try {
            Tls tls = new Tls();
            if (options.contains(MqttOptions.CA_FILE.key())) {
                tls.trustPem(path(MqttOptions.CA_FILE, folder));
            }
            key = MqttOptions.TRUSTSTORE.key();
            if (options.contains(key)) {
                tls.trustStore(path(MqttOptions.TRUSTSTORE, folder), secret(MqttOptions.TRUSTSTORE_PASSWORD));
            }
            key = MqttOptions.CERTIFICATE_FILE.key();
            if (options.contains(key)) {
                tls.identifyPem(path(MqttOptions.CERTIFICATE_FILE, folder), path(MqttOptions.KEY_FILE, folder));
            }
            key = MqttOptions.KEYSTORE.key();
            if (options.contains(key)) {
                tls.identifyStore(path(MqttOptions.KEYSTORE, folder), secret(MqttOptions.KEYSTORE_PASSWORD));
            }
            return tls.sockets();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new OptionException(key, "'" + key + "': there is no file " + e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            throw new OptionException(key, "'" + key + "': " + e.getMessage());
        }
    }

    private char[] secret(ConfigOption<String> option) {
        return options.find(option).orElse("").toCharArray();
    }

    private Path path(ConfigOption<String> option, Path folder) throws IOException {
        Path path = folder.resolve(options.get(option));
        if (!Files.exists(path)) {
            throw new java.nio.file.NoSuchFileException(path.toString());
        }
        return path;
    }
}
