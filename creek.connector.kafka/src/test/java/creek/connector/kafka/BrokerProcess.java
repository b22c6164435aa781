package creek.connector.kafka;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** A broker in a process of its own, so that it can be killed: formats its folder at the first start, then runs. */
public final class BrokerProcess {
    private static final Logger ROOT = Logger.getLogger("");
    /** Says when the broker has started. */
    private static final Logger SERVER = Logger.getLogger("kafka.server.KafkaRaftServer");

    private BrokerProcess() {
    }

    public static void main(String[] arguments) throws Exception {
        ROOT.setLevel(Level.WARNING);
        SERVER.setLevel(Level.INFO);
        Path data = Path.of(arguments[1]);
        if (!Files.exists(data.resolve("meta.properties"))) {
            StorageTool.execute(new String[] {"format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", arguments[0]}, new PrintStream(System.out));
        }
        Kafka.main(new String[] {arguments[0]});
    }
}
