package creek.core.internal.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/** Another process uses a folder, so that waiting for it a little does not help. */
public final class FolderInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super("folder " + folder + " is in use by another process");
    }
}
