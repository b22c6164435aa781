package creek.connector.file;

import creek.core.connector.PositionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.zip.ZipException;

/** Turns the JDK's exceptions, whose messages are often a bare path, into sentences. */
final class Problems {
    private Problems() {
    }

    /** What went wrong, in words: {@code no such file}. */
    static String reason(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (problem instanceof EOFException) {
            return "the gzip data ends too early";
        }
        if (problem instanceof ZipException) {
            return "the gzip data is damaged (" + problem.getMessage() + ")";
        }
        String reason = problem instanceof FileSystemException known ? known.getReason() : problem.getMessage();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }

    /** An exception that says what could not be done and why. */
    static IOException explain(String what, IOException problem) {
        return new IOException(what + ": " + reason(problem), problem);
    }

    /** A position that no reader wrote. */
    static PositionException damaged(String what) {
        return new PositionException("the position is damaged: " + what);
    }

    /** Whether a write failed because the reader of a pipe has gone. */
    static boolean isClosedPipe(IOException problem) {
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("pipe is being closed") || message.contains("pipe closed");
    }
}
