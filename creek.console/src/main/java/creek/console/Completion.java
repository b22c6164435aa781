package creek.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the word that is being typed may become: a command, or one of the things that the command takes. */
final class Completion {
    private static final Set<String> OF_JOBS = Set.of("job", "why", "pause", "resume", "checkpoint", "savepoint", "cancel", "undeploy", "start", "stop",
            "update");
    private static final Set<String> OF_BUNDLES = Set.of("start", "stop", "update", "uninstall", "swap", "headers", "resolve", "refresh");
    private static final Set<String> OF_FILES = Set.of("deploy", "install");
    /** Those that have a folder or a file behind the first thing that they take. */
    private static final Set<String> OF_FILES_LATER = Set.of("savepoint", "update");

    private final BundleContext context;
    private final CommandSession session;

    Completion(BundleContext context, CommandSession session) {
        this.context = context;
        this.session = session;
    }

    /** @param words those of the line, up to the one that is being typed, which may be empty */
    Set<String> candidates(List<String> words) {
        Set<String> candidates = new TreeSet<>();
        String word = words.get(words.size() - 1);
        String command = plain(words.get(0));
        if (words.size() == 1 || command.equals("help") && words.size() == 2) {
            candidates.addAll(commands());
        } else {
            boolean isLater = words.size() > 2 && OF_FILES_LATER.contains(command);
            if (OF_JOBS.contains(command) && !isLater) {
                candidates.addAll(new JobBundles(context).names());
            }
            if (OF_BUNDLES.contains(command) && !isLater) {
                candidates.addAll(bundles(word));
            }
            if (OF_FILES.contains(command) || isLater) {
                candidates.addAll(files(word));
            }
        }
        candidates.removeIf(candidate -> !candidate.startsWith(word));
        return candidates;
    }

    private static String plain(String command) {
        return command.substring(command.indexOf(':') + 1);
    }

    /** With and without their scopes; the session's own ones aside. */
    @SuppressWarnings("unchecked") // as Gogo has it
    private Set<String> commands() {
        Set<String> names = new TreeSet<>();
        for (String name : (Set<String>) session.get(".commands")) {
            names.add(name);
            names.add(plain(name));
        }
        return names;
    }

    private List<String> bundles(String word) {
        List<String> names = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean isNumber = !word.isEmpty() && Character.isDigit(word.charAt(0));
            names.add(isNumber ? Long.toString(bundle.getBundleId()) : String.valueOf(bundle.getSymbolicName()));
        }
        return names;
    }

    private List<String> files(String word) {
        String folder = word.substring(0, word.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.list(session.currentDir().resolve(folder))) {
            return files.map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : "")).toList();
        } catch (IOException | RuntimeException e) {
            return List.of(); // there is no such folder
        }
    }
}
