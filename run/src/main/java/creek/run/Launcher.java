package creek.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** What is to be done; gives the exit status. */
    interface Work {
        int run() throws Exception;
    }

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread main = Thread.currentThread();
    private volatile int status = FAILED;

    private Launcher() {
    }

    public static void main(String[] args) {
        List<String> line = new ArrayList<>(Arrays.asList(args));
        boolean verbose = line.remove("--verbose");
        System.setProperty(VERBOSE, Boolean.toString(verbose));
        ConsoleLog.install(verbose);
        launch(() -> run(line));
    }

    /** Does the work on this thread, which a signal interrupts, and ends the process with its status. */
    static void launch(Work work) {
        new Launcher().doAndExit(work);
    }

    private void doAndExit(Work work) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopInOrder, "creek-stop"));
        status = statusOf(work);
        finished.countDown();
        System.exit(status);
    }

    private static int run(List<String> args) throws Exception {
        Path home = Path.of(System.getProperty("creek.home"));
        return !args.isEmpty() && args.get(0).equals("start")
                ? new StartCommand(home).run(args.subList(1, args.size()))
                : oneShot(home, args);
    }

    private static int statusOf(Work work) {
        try {
            return work.run();
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
                Platform platform = Platform.ofClassPath(LaunchConfiguration.read(home.resolve("run.bndrun")), storage.path(),
                        bundle -> JarContent.of(home.resolve("bundles").resolve(bundle + ".jar")), Map.of())) {
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
