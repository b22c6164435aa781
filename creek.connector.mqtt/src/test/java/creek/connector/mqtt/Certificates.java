package creek.connector.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;

/** Makes keys and certificates with the JDK's keytool, each signed by itself: the broker's is for 127.0.0.1. */
final class Certificates {
    private Certificates() {
    }

    /** What the broker trusts clients by: the certificate of device. */
    static final String CLIENTS = "clients.p12";

    /**
     * Of broker, of a device that it knows, and of a stranger: key stores such as device.p12 with the password "secret", certificates such as
     * device.pem, and their keys such as device.key.
     *
     * @return the broker's key store
     */
    static Path create(Path folder) throws IOException {
        key(folder, "broker", "ip:127.0.0.1");
        key(folder, "device", "dns:device.example");
        key(folder, "stranger", "dns:elsewhere.example");
        keytool(folder, "-importcert", "-noprompt", "-alias", "device", "-file", "device.pem", "-keystore", CLIENTS, "-storetype", "PKCS12",
                "-storepass", "secret");
        return folder.resolve("broker.p12");
    }

    private static void key(Path folder, String name, String host) throws IOException {
        keytool(folder, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + host, "-keystore", name + ".p12",
                "-storetype", "PKCS12", "-storepass", "secret", "-validity", "10");
        keytool(folder, "-exportcert", "-rfc", "-alias", "key", "-keystore", name + ".p12", "-storepass", "secret", "-file", name + ".pem");
        Files.writeString(folder.resolve(name + ".key"), privateKey(folder.resolve(name + ".p12")));
    }

    private static String privateKey(Path keyStore) throws IOException {
        try {
            byte[] key = KeyStore.getInstance(keyStore.toFile(), "secret".toCharArray()).getKey("key", "secret".toCharArray()).getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void keytool(Path folder, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path output = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(Arrays.toString(command) + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
