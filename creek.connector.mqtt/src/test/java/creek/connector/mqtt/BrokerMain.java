package creek.connector.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process of a {@link Broker}: HiveMQ's broker, until the process is killed or its input ends. */
public final class BrokerMain {
    private BrokerMain() {
    }

    /** @param arguments its folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        EmbeddedExtension users = EmbeddedExtension.builder().withId("users").withName("users").withVersion("1").withPriority(0)
                .withStartPriority(1000).withAuthor("creek").withExtensionMain(new Users()).build();
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder().withConfigurationFolder(folder.resolve("conf")).withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions")).withEmbeddedExtension(users).build();
        try {
            broker.start().join();
        } catch (RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        System.out.println(Broker.READY);
        while (System.in.read() >= 0) {
            // until whoever started it goes away
        }
        Runtime.getRuntime().halt(0);
    }

    /** Lets in who gives no user, or the right password, which is the user's name backwards. Nobody may read or write topics below forbidden. */
    private static final class Users implements ExtensionMain, SimpleAuthenticator {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Services.securityRegistry().setAuthenticatorProvider(provider -> this);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
            // nothing was started
        }

        @Override
        public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
            String user = input.getConnectPacket().getUserName().orElse(null);
            String password = input.getConnectPacket().getPassword().map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString()).orElse("");
            if (user == null || password.equals(new StringBuilder(user).reverse().toString())) {
                output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.ALLOW);
                output.getDefaultPermissions().add(Builders.topicPermission().topicFilter("forbidden/#")
                        .type(TopicPermission.PermissionType.DENY).build());
                output.authenticateSuccessfully();
            } else {
                output.failAuthentication();
            }
        }
    }
}
