package creek.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command makes. */
final class OutputFile {
    private OutputFile() {
    }

    /** Writes it under another name first: a deploy folder, say, must never see half a file. */
    static void write(Path file, byte[] bytes, boolean executable) throws CommandException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw CommandException.failed("can't write " + file + ": it is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw CommandException.failed("can't write " + file + ": there is no folder " + folder);
        }
        // Not a temporary file, which nobody else may read: the platform that runs the job may be another user's.
        Path part = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try {
                Files.write(part, bytes);
                if (executable) {
                    part.toFile().setExecutable(true, false);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw CommandException.failed("can't write " + file + ": " + e, e);
        }
    }
}
