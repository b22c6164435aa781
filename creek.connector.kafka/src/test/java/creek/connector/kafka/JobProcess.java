package creek.connector.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A job in a process of its own, so that it can be killed. */
public final class JobProcess {
    private JobProcess() {
    }

    /** @param arguments a script's file and the job's folder */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        SqlJob job = new SqlJob(Files.readString(Path.of(arguments[0])), Path.of(arguments[1])).start();
        Exception failure = job.failure();
        while (failure == null) {
            failure = job.failure();
        }
        failure.printStackTrace();
        System.exit(1);
    }
}
