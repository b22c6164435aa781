package creek.swaps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;

/**
 * A platform in a process of its own that has a job, makes one swap while that runs, and stands still at a step of the swap, so that it can be killed there.
 * The steps are those that the engine's log tells of.
 */
final class SwappingProcess {
    static final String JOB = "gateway";
    /** Said when it stands still. */
    static final String STANDS = "stands at: ";
    static final String DONE = "done";

    private SwappingProcess() {
    }

    /** @param args the folder of the platform; what to swap, or nothing to go on to the job's end; the number of the step to stand still at */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (TestPlatform platform = new TestPlatform(folder)) {
            if (args.length == 1) {
                platform.awaitState(JOB, "FINISHED");
                System.out.println(DONE);
                return;
            }
            Pace.slow();
            String script = Files.readString(folder.resolve("job.sql"));
            // compiled by the first of these processes
            Path compiled = folder.resolveSibling("job" + script.hashCode() + ".jar");
            if (!Files.exists(compiled)) {
                Files.write(compiled, platform.compile(JOB, script));
            }
            Bundle job = platform.install("job:" + JOB, Files.readAllBytes(compiled));
            job.start();
            platform.awaitState(JOB, "RUNNING");
            TestPlatform.await(() -> (long) platform.status(JOB, "recordsIn") > 500, () -> "nothing is read");
            standStillAt(Integer.parseInt(args[2]));
            String[] what = args[1].split(" ");
            Bundle bundle = platform.bundle(what[1]);
            if (what[0].equals("update")) {
                platform.update(bundle, Jars.version(what[1], "1.1.1"));
            } else {
                bundle = platform.install(what[1], "1.1.1");
                bundle.start();
            }
            platform.awaitUse(JOB, bundle);
            long read = (long) platform.status(JOB, "recordsIn");
            // the probation is over then
            TestPlatform.await(() -> (long) platform.status(JOB, "recordsIn") > read + 1500 || platform.state(JOB).equals("FINISHED"), () -> "it does not go on");
            Pace.none();
            platform.awaitState(JOB, "FINISHED");
            System.out.println(DONE);
        }
    }

    private static void standStillAt(int step) {
        Logger logger = Logger.getLogger("creek.core.swap");
        logger.setLevel(Level.FINE);
        logger.setUseParentHandlers(false);
        Handler handler = new ConsoleHandler() {
            private int steps;

            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel() == Level.FINE && ++steps == step) {
                    System.out.println(STANDS + MessageFormat.format(entry.getMessage(), entry.getParameters()));
                    System.out.flush();
                    while (true) {
                        try {
                            Thread.sleep(Long.MAX_VALUE);
                        } catch (InterruptedException e) {
                            // it is to be killed here
                        }
                    }
                }
            }
        };
        logger.addHandler(handler);
        // loggers are held weakly
        Runtime.getRuntime().addShutdownHook(new Thread(() -> logger.removeHandler(handler)));
    }
}
