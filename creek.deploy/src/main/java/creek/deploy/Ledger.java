package creek.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Which content of which file of the deploy folder is installed, and as which bundle. Kept with the framework's own memory of bundles, so that both are lost
 * together or not at all. A crash between a change of a bundle and the note of it has the same change made again. Callable from any thread.
 */
final class Ledger {
    private static final String BEGUN = "begun";

    /**
     * What is installed from a file: its content, and the location of the bundle, which is the file's own unless the file was renamed.
     *
     * @param content empty if nothing is installed yet
     * @param isBegun whether its bundle is being installed, updated or started
     */
    private record Entry(String content, String bundle, boolean isBegun) {
    }

    private final Path file;
    private final Map<String, Entry> entries = new HashMap<>();

    Ledger(Path file) {
        this.file = file;
    }

    /** Reads what was noted before; without it, all files are taken as new. */
    synchronized void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Properties texts = new Properties();
        try (InputStream input = Files.newInputStream(file)) {
            texts.load(input);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        for (String location : texts.stringPropertyNames()) {
            String[] words = texts.getProperty(location).split(" ");
            entries.put(location, new Entry(words[0], words.length > 1 ? words[1] : location, words.length > 2 && words[2].equals(BEGUN)));
        }
    }

    /** Whether that content of a file is what is installed. */
    synchronized boolean has(String location, String content) {
        return entries.containsKey(location) && entries.get(location).content.equals(content);
    }

    /** The files from which something is installed. */
    synchronized Set<String> files() {
        return Set.copyOf(entries.keySet());
    }

    /** The files of which that content is installed. */
    synchronized List<String> filesWith(String content) {
        return entries.entrySet().stream().filter(entry -> entry.getValue().content.equals(content)).map(Map.Entry::getKey).sorted().toList();
    }

    /** The location of the bundle of a file, whether there is one or is to be one: that of no other file's. */
    synchronized String bundle(String location) {
        if (entries.containsKey(location)) {
            return entries.get(location).bundle;
        }
        String free = location;
        for (int number = 2; isTaken(free); number++) {
            free = location + "#" + number;
        }
        return free;
    }

    private boolean isTaken(String bundle) {
        return entries.values().stream().anyMatch(entry -> entry.bundle.equals(bundle));
    }

    /** Notes that something begins that may hang: it has not come to its end if the platform finds the note when it starts. */
    synchronized void begin(String location) throws IOException {
        Entry known = entries.get(location);
        entries.put(location, new Entry(known == null ? "" : known.content, bundle(location), true));
        write();
    }

    /** Notes what is installed, before that starts. */
    synchronized void put(String location, String content) throws IOException {
        entries.put(location, new Entry(content, bundle(location), true));
        write();
    }

    /** Whether something was begun that has not ended. */
    synchronized boolean isBegun(String location) {
        return entries.containsKey(location) && entries.get(location).isBegun;
    }

    /** Notes that it has ended, well or not. */
    synchronized void end(String location) throws IOException {
        Entry known = entries.remove(location);
        if (known != null && !known.content.isEmpty()) {
            entries.put(location, new Entry(known.content, known.bundle, false));
        }
        write();
    }

    /** Notes that a file has another name now, and the same bundle. */
    synchronized void move(String from, String to) throws IOException {
        entries.put(to, entries.remove(from));
        write();
    }

    synchronized void remove(String location) throws IOException {
        if (entries.remove(location) != null) {
            write();
        }
    }

    private void write() throws IOException {
        Properties texts = new Properties();
        entries.forEach((location, entry) -> texts.setProperty(location, entry.content + " " + entry.bundle + (entry.isBegun ? " " + BEGUN : "")));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                OutputStream output = Channels.newOutputStream(channel)) {
            texts.store(output, null);
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
