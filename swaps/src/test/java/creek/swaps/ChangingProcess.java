package creek.swaps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** A platform in a process of its own whose bundles are changed at random until it is killed; in the end it lets its jobs come to their end. */
final class ChangingProcess {
    static final String RUNS = "runs";
    static final String DONE = "done";
    private static final int VERSIONS_A_RUN = 10_000;

    private ChangingProcess() {
    }

    /** @param args the folder of the platform, with a script of each job in {@code scripts}; the number of the run; whether it is the last */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int run = Integer.parseInt(args[1]);
        Pace.crawl();
        try (TestPlatform platform = new TestPlatform(folder)) {
            List<String> jobs = new ArrayList<>();
            try (Stream<Path> scripts = Files.list(folder.resolve("scripts"))) {
                for (Path script : scripts.sorted().toList()) {
                    String name = script.getFileName().toString();
                    jobs.add(name);
                    Bundle job = platform.context().getBundle("job:" + name);
                    (job == null ? platform.installJob(name, Files.readString(script)) : job).start();
                }
            }
            System.out.println(RUNS);
            RandomChanges changes = new RandomChanges(platform, new Random(run), new Loaders(), run * VERSIONS_A_RUN);
            while (args.length == 2) {
                changes.next();
            }
            changes.tidyUp();
            Pace.none();
            for (String job : jobs) {
                platform.awaitState(job, "FINISHED");
            }
            System.out.println(DONE);
        }
    }
}
