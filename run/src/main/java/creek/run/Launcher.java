package creek.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the platform in this process and hands the arguments to the command. The first class that runs, outside of OSGi.
 *
 * <p>System properties: {@code creek.home} is the folder of the distribution. Ctrl-C and SIGTERM set {@code creek.stopping} and interrupt the
 * main thread; whoever runs on it ends in order and returns.
 */
public final class Launcher {
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Whether stack traces are wanted: for the command as well, which sees it as a framework property. */
    private static final String VERBOSE = "creek.verbose";

    /** Tells the end of the process from other interrupts. */
    private static final String STOPPING = "creek.stopping";

    /** How long an interrupted command may take to end in order. */
    private static final long STOP_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread main = Thread.currentThread();
    private volatile int status = FAILED;

    private Launcher() {
    }

    public static void main(String[] args) {
        new Launcher().launch(new ArrayList<>(Arrays.asList(args)));
    }

    private void launch(List<String> args) {
        boolean verbose = args.remove("--verbose");
        System.setProperty(VERBOSE, Boolean.toString(verbose));
        ConsoleLog.install(verbose);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopInOrder, "creek-stop"));
        status = run(args);
        finished.countDown();
        System.exit(status);
    }

    private static int run(List<String> args) {
        try {
            Path home = Path.of(System.getProperty("creek.home"));
            return !args.isEmpty() && args.get(0).equals("start")
                    ? new StartCommand(home).run(args.subList(1, args.size()))
                    : oneShot(home, args);
        } catch (LaunchException e) {
            return fail(e);
        } catch (Exception e) {
            return fail(new LaunchException("the platform can't be started: " + e, FAILED, e));
        }
    }

    private static int oneShot(Path home, List<String> args) throws Exception {
        if (!Boolean.getBoolean(VERBOSE)) {
            ConsoleLog.withoutJobs();
        }
        try (TemporaryFolder storage = new TemporaryFolder();
                Platform platform = Platform.ofClassPath(home, LaunchConfiguration.read(home.resolve("run.bndrun")), storage.path())) {
            platform.start();
            return platform.command().applyAsInt(args.toArray(String[]::new));
        }
    }

    private static int fail(LaunchException e) {
        System.err.println("creek: " + e.getMessage());
        if (Boolean.getBoolean(VERBOSE)) {
            e.printStackTrace();
        }
        return e.status();
    }

    /** The shutdown hook: after a signal the command is given time to end; its status is the process's. */
    private void stopInOrder() {
        if (finished.getCount() == 0) {
            return;
        }
        System.setProperty(STOPPING, "true");
        main.interrupt();
        try {
            finished.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }
}
