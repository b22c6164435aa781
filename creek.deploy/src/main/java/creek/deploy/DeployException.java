package creek.deploy;

import java.nio.file.Path;

/** A file that can't be deployed. The message starts with the file and says what is wrong with it. */
final class DeployException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean maybeNotWhole;

    private DeployException(String message, Throwable cause, boolean maybeNotWhole) {
        super(message, cause);
        this.maybeNotWhole = maybeNotWhole;
    }

    DeployException(Path file, String problem, Throwable cause) {
        this(file + ": " + problem, cause, false);
    }

    /** One at a place in the file; line and column are from 1, or 0 where there is none to name. */
    static DeployException at(Path file, int line, int column, String problem, Throwable cause) {
        String place = line <= 0 ? "" : column <= 0 ? ":" + line : ":" + line + ":" + column;
        return new DeployException(file + place + ": " + problem, cause, false);
    }

    /** One that may be over when whoever copies the file has come to its end. */
    static DeployException notWhole(Path file, String problem, Throwable cause) {
        return new DeployException(file + ": " + problem, cause, true);
    }

    boolean isMaybeNotWhole() {
        return maybeNotWhole;
    }
}
