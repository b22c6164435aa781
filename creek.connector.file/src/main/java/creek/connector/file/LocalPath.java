package creek.connector.file;

import creek.core.option.OptionException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@code path} option, which may be a {@code file:} URI, as a path. */
final class LocalPath {
    private static final Pattern URI = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(//[^/]*)?(.*)", Pattern.DOTALL);

    private LocalPath() {
    }

    /** Absolute and normalized. As in Flink, nothing in a URI is percent-encoded. */
    static Path resolve(String text, Path workingDirectory) {
        String local = text;
        Matcher uri = URI.matcher(text);
        if (uri.matches() && (uri.group(2) != null || uri.group(1).equalsIgnoreCase("file"))) {
            boolean isLocal = uri.group(1).equalsIgnoreCase("file") && (uri.group(2) == null || uri.group(2).equals("//"));
            if (!isLocal) {
                throw new OptionException("path", "'path': '" + text + "' is not on this machine; use a path or file:///…");
            }
            local = uri.group(3);
        }
        if (local.isBlank()) {
            throw new OptionException("path", "'path' is empty; it names a file or a directory");
        }
        try {
            return workingDirectory.toAbsolutePath().resolve(local).normalize();
        } catch (InvalidPathException e) {
            throw new OptionException("path", "'path': '" + text + "' is not a path: " + e.getReason());
        }
    }
}
