package creek.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A job in one file: starts a platform of what is in the file and runs the job until it ends. {@code docs/package.md} tells what it can be told.
 * The data folder is one process's at a time.
 */
public final class PackagedJob {
    private static final String HELP = """
            A job, packaged with all it needs. Usage: java -jar FILE [--list | --help | --warm-up]

              --list     what is inside, with versions and licences
              --warm-up  of ./FILE: makes the virtual machine's archive of shared classes beside FILE

            Options are given as -Dcreek.data=DIR, in the environment as CREEK_DATA=DIR, or as a line creek.data=DIR of the
            .properties file beside the job's file:

              creek.data        the folder for state and what else is kept (.creek)
              creek.directory   what relative paths of the job are relative to (the working directory)
              creek.deploy      of a package with the console: the folder with further bundles (DATA/deploy)
              creek.logs        the folder for logs; without one they go to standard error
              creek.logs.size   bytes of one log file (1000000); creek.logs.files: how many are kept (3)
              creek.verbose     true: more in the log, with stack traces
              creek.set.KEY     a setting of the job: creek.set.execution.checkpointing.interval=30 s
              creek.properties  another properties file

            Exit status: 0 success, 1 a failed job, 2 a usage error, 3 out of memory.""";

    private final PackageFile file;
    private final PackageSettings settings;

    private PackagedJob(PackageFile file, PackageSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    public static void main(String[] args) {
        Launcher.launch(() -> run(List.of(args)));
    }

    private static int run(List<String> args) throws Exception {
        String path = System.getProperty("java.class.path");
        try (PackageFile file = PackageFile.open(Path.of(path).toRealPath())) {
            PackageSettings settings = PackageSettings.of(file.path(), System.getProperties(), System.getenv());
            return new PackagedJob(file, settings).obey(args);
        }
    }

    private int obey(List<String> args) throws Exception {
        switch (args.isEmpty() ? "" : args.get(0)) {
            case "" -> {
                return run();
            }
            case "--list" -> System.out.print(file.components());
            case "--help" -> System.out.println(HELP);
            case "--warm-up" -> warmUp();
            default -> throw new LaunchException("there is no option '" + args.get(0) + "'; --help tells what there is", Launcher.USAGE);
        }
        return 0;
    }

    private int run() throws Exception {
        log();
        Path directory = Path.of(settings.text("creek.directory", "")).toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new LaunchException("'creek.directory' is " + directory + ", which is no folder", Launcher.USAGE);
        }
        Path data = folder("creek.data", ".creek");
        try (FileChannel lock = lock(data)) {
            settings.publishJobSettings();
            Map<String, String> properties = new HashMap<>();
            properties.put("creek.data", data.toString());
            properties.put("creek.jobs.folder", data.resolve("jobs").toString());
            properties.put("creek.working.directory", directory.toString());
            properties.put("creek.jobs.again", "true");
            properties.put("creek.package.console", Boolean.toString(file.hasWholeBundles()));
            properties.put("creek.deploy", settings.text("creek.deploy", data.resolve("deploy").toString()));
            return run(data, properties);
        }
    }

    private int run(Path data, Map<String, String> properties) throws Exception {
        try (Platform platform = platform(data, properties)) {
            platform.start();
            return platform.command().applyAsInt(new String[] {file.job()});
        }
    }

    private Platform platform(Path data, Map<String, String> properties) throws IOException {
        LaunchConfiguration configuration = new LaunchConfiguration(file.bundles());
        Path storage = data.resolve("felix");
        if (!file.hasWholeBundles()) {
            return Platform.ofClassPath(configuration, storage, file::content, properties);
        }
        Path home = data.resolve("package");
        file.unpack(home.resolve("bundles"));
        return Platform.ofBundles(home, configuration, storage, properties);
    }

    /** Loads what is likely to be used, for the virtual machine to note the names; the start script has an archive made of them. */
    private void warmUp() throws Exception {
        try (TemporaryFolder storage = new TemporaryFolder(); Platform platform = Platform.ofClassPath(
                new LaunchConfiguration(file.bundles().stream().filter(name -> !name.startsWith("creek.job.")).toList()),
                storage.path(), file::content, Map.of())) {
            platform.start();
            for (String name : usedClasses()) {
                if (isLoaded(name)) {
                    for (int i = 0; isLoaded(name + "$$" + i); i++) {
                        // its lambdas, of which the package has classes
                    }
                }
            }
        }
    }

    private static boolean isLoaded(String name) {
        try {
            Class.forName(name, false, PackagedJob.class.getClassLoader());
            return true;
        } catch (LinkageError | ClassNotFoundException e) {
            // refers to what is not there, because nobody needs it
            return false;
        }
    }

    /** The classes that typical jobs were seen to load; not all are in each package. */
    private static List<String> usedClasses() throws IOException {
        try (InputStream list = PackagedJob.class.getResourceAsStream("classes.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }

    private void log() throws LaunchException, IOException {
        boolean verbose = settings.isOn("creek.verbose");
        System.setProperty("creek.verbose", Boolean.toString(verbose));
        if (settings.text("creek.logs", "").isEmpty()) {
            ConsoleLog.install(verbose);
        } else {
            ConsoleLog.installFiles(folder("creek.logs", ""), settings.number("creek.logs.size", 1_000_000), settings.number("creek.logs.files", 3),
                    verbose);
        }
    }

    private Path folder(String option, String otherwise) throws LaunchException {
        Path folder = Path.of(settings.text(option, otherwise)).toAbsolutePath();
        try {
            Path real = Files.createDirectories(folder).toRealPath();
            if (!Files.isWritable(real)) {
                throw new AccessDeniedException(real.toString());
            }
            return real;
        } catch (AccessDeniedException e) {
            throw new LaunchException("no permission to write to " + e.getFile() + ": make it writable for user " + System.getProperty("user.name")
                    + ", or name another folder by '" + option + "'", Launcher.FAILED, e);
        } catch (FileSystemException e) {
            throw new LaunchException("the folder " + folder + " of '" + option + "' can't be made: " + e.getMessage(), Launcher.FAILED, e);
        } catch (IOException e) {
            throw new LaunchException("the folder " + folder + " of '" + option + "' can't be used: " + e, Launcher.FAILED, e);
        }
    }

    private static FileChannel lock(Path data) throws IOException, LaunchException {
        FileChannel lock;
        try {
            lock = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new LaunchException("no permission to write to " + e.getFile() + ", which belongs to another user", Launcher.FAILED, e);
        }
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // another in this process
        }
        lock.close();
        throw new LaunchException("another process runs on the data folder " + data + ": stop it, or name another by 'creek.data'", Launcher.FAILED);
    }
}
