package creek.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * {@code creek start}: the platform of plain bundles, with a data folder that outlives it and a deploy folder. Runs until it is stopped from
 * its console, by Ctrl-C or SIGTERM; on a terminal a console is opened at once, and leaving it stops the platform.
 */
final class StartCommand {
    private final Path home;
    private Path data = Path.of(".creek");
    private Path deploy;

    StartCommand(Path home) {
        this.home = home;
    }

    int run(List<String> args) throws Exception {
        readOptions(args.iterator());
        Path folder = Files.createDirectories(data).toRealPath();
        Path deployFolder = Files.createDirectories(deploy != null ? deploy : folder.resolve("deploy")).toRealPath();
        try (FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                throw new LaunchException("another platform runs on the data folder " + data + ": stop it, or name another by --data DIR",
                        Launcher.FAILED);
            }
            return run(folder, deployFolder);
        }
    }

    private int run(Path folder, Path deployFolder) throws Exception {
        LaunchConfiguration configuration = LaunchConfiguration.read(home.resolve("start.bndrun"));
        try (Platform platform = Platform.ofBundles(home, configuration, folder.resolve("felix"),
                Map.of("creek.data", folder.toString(), "creek.jobs.folder", folder.resolve("jobs").toString(), "creek.deploy", deployFolder.toString()))) {
            platform.start();
            System.err.println("creek: the platform runs; console: creek console --data " + data + ", deploy folder: " + deployFolder);
            if (Boolean.getBoolean("creek.terminal.in")) {
                return platform.command().applyAsInt(new String[] {"console", "--data", folder.toString()});
            }
            platform.await();
        } catch (InterruptedException e) {
            // told to stop by a signal: a good end
        }
        return 0;
    }

    private void readOptions(Iterator<String> args) throws LaunchException, IOException {
        while (args.hasNext()) {
            String option = args.next();
            switch (option) {
                case "--data" -> data = folder(option, args);
                case "--deploy" -> deploy = folder(option, args);
                default -> throw usage("start has no option '" + option + "'; it has --data DIR and --deploy DIR");
            }
        }
    }

    private static Path folder(String option, Iterator<String> args) throws LaunchException {
        if (!args.hasNext()) {
            throw usage(option + " needs a folder: " + option + " DIR");
        }
        Path folder = Path.of(args.next());
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw usage(option + " " + folder + ": is a file; a folder is needed");
        }
        return folder;
    }

    private static LaunchException usage(String message) {
        return new LaunchException(message, Launcher.USAGE);
    }
}
