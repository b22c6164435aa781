package creek.core.internal.swap;

import creek.core.internal.snapshot.DurableFiles;
import creek.core.job.JobPart;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What jobs have refused, in a file, so that it is not tried anew whenever the platform starts. For any thread; may block. */
public final class RefusalFile {
    private static final Logger LOG = System.getLogger("creek.core.swap");
    private static final int WORDS = 6;

    private final Path file;
    /** By job. Guarded by this. */
    private final Map<String, Collection<Refusals.Kept>> refused = new TreeMap<>();

    /** Reads what there is. */
    public RefusalFile(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "what jobs have refused is tried again, since {0} can''t be read: {1}", file, e);
        }
    }

    private void read(String line) {
        String[] words = line.split(" ");
        if (words.length != WORDS) {
            throw new IllegalArgumentException("'" + line + "' has not " + WORDS + " words");
        }
        refused.computeIfAbsent(decoded(words[0]), job -> new ArrayList<>()).add(new Refusals.Kept(JobPart.Kind.valueOf(words[1]), decoded(words[2]),
                Long.parseLong(words[3]), Long.parseLong(words[4]), decoded(words[5])));
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** What a job has refused. */
    public synchronized List<Refusals.Kept> of(String job) {
        return List.copyOf(refused.getOrDefault(job, List.of()));
    }

    /** Notes what a job has refused. */
    public synchronized void put(String job, Collection<Refusals.Kept> all) {
        refused.put(job, List.copyOf(all));
        List<String> lines = new ArrayList<>();
        refused.forEach((name, kept) -> kept.forEach(each -> lines.add(String.join(" ", encoded(name), each.kind().name(), encoded(each.name()),
                Long.toString(each.bundle()), Long.toString(each.modified()), encoded(each.reason())))));
        try {
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.write(written, lines);
            DurableFiles.rename(written, file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what job {0} has refused can''t be noted in {1}: {2}", job, file, e);
        }
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word.isEmpty() ? "-" : word, StandardCharsets.UTF_8);
    }
}
