package creek.state.xodus;

import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jetbrains.exodus.log.LogUtil;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** The backend {@code xodus}: state in the log-structured store of JetBrains, tuned for small devices, verified as a whole when it is opened. */
@Component(property = StateBackend.NAME + "=xodus")
@Capability(namespace = StateBackend.NAME, name = "xodus")
public final class XodusBackend implements StateBackend {
    /** What goes wrong in Xodus is thrown, and told once, by those who know what it is for. Held, since its level would be lost otherwise. */
    private static final Logger XODUS_LOG = Logger.getLogger("jetbrains.exodus");

    static {
        if (XODUS_LOG.getLevel() == null) {
            XODUS_LOG.setLevel(Level.OFF);
        }
    }

    @Override
    public List<ConfigOption<?>> options() {
        return Settings.options();
    }

    @Override
    public StateStore open(Path folder, Options options) throws IOException {
        Settings settings = Settings.of(options);
        Files.createDirectories(folder);
        FolderLock lock = FolderLock.of(folder);
        try {
            ManifestFiles manifests = new ManifestFiles(folder);
            Manifest manifest = manifests.read();
            if (manifest == null) {
                requireNoLog(folder);
                manifest = Manifest.empty(settings.fileSize());
            }
            LogFolder log = new LogFolder(folder, manifest);
            log.setLimit(settings.limit());
            // Only after that anything is changed.
            log.open();
            manifests.repair(manifest);
            return new XodusStore(lock, log, manifests, settings);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireNoLog(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + LogUtil.LOG_FILE_EXTENSION)) {
            if (files.iterator().hasNext()) {
                throw new DamagedStateException(folder + " has files of a log, but neither checkpoint.a nor checkpoint.b is there and sound");
            }
        }
    }
}
