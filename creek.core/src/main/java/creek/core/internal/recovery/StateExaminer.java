package creek.core.internal.recovery;

import creek.core.connector.ConnectorRegistry;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotReader;
import creek.core.internal.snapshot.TwinFile;
import creek.core.internal.task.FileNames;
import creek.core.job.StateInspector;
import creek.core.job.StateReport;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the state in files and folders. */
@Component
public final class StateExaminer implements StateInspector {
    private static final String SNAPSHOTS = ".creek";

    private final ConnectorRegistry registry;

    @Activate
    public StateExaminer(@Reference ConnectorRegistry registry) {
        this.registry = registry;
    }

    @Override
    public List<StateReport> inspect(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new NoSuchFileException(absolute.toString());
        }
        List<StateReport> reports = new ArrayList<>();
        if (!Files.isDirectory(absolute)) {
            reports.add(file(absolute));
        } else if (isJob(absolute)) {
            reports.addAll(job(absolute));
        } else {
            for (Path each : list(absolute)) {
                if (Files.isDirectory(each) && isJob(each)) {
                    reports.addAll(job(each));
                } else if (each.getFileName().toString().endsWith(SNAPSHOTS)) {
                    reports.add(file(each));
                }
            }
        }
        if (reports.isEmpty()) {
            throw new IOException("there is no state in " + absolute + ": neither a job's, nor files *" + SNAPSHOTS);
        }
        return reports;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isJob(Path folder) throws IOException {
        return Files.exists(folder.resolve(CurrentStore.FILE + "-a")) || Files.exists(folder.resolve(CurrentStore.FILE + "-b"))
                || new StoreFolders(folder, Clock.systemUTC()).hasState();
    }

    private static StateReport file(Path file) throws IOException {
        try (SnapshotReader reader = new SnapshotReader(file)) {
            SnapshotHeader header = reader.header();
            String kind = switch (header.kind()) {
                case SAVEPOINT -> "savepoint";
                case SECOND_LINE -> "snapshot";
                default -> "checkpoint";
            };
            String origin = "engine " + header.engine() + (header.isCompressed() ? ", compressed" : "");
            return new ReportBuilder().report(kind, file, header.job(), header.checkpoint(), origin,
                    Optional.of(Instant.ofEpochMilli(header.time())), reader.length(), reader::forEach);
        } catch (DamagedStateException e) {
            return ReportBuilder.problem("snapshot", file, "", e.getMessage(), true);
        }
    }

    /** The store of a job and its snapshots. */
    private List<StateReport> job(Path folder) throws IOException {
        List<StateReport> reports = new ArrayList<>();
        FolderLock lock;
        try {
            lock = FolderLock.of(folder);
        } catch (IOException e) {
            lock = null;
            reports.add(ReportBuilder.problem("store", folder, name(folder), "not looked into: " + e.getMessage(), false));
        }
        try (FolderLock held = lock) {
            if (held != null) {
                store(folder).ifPresent(reports::add);
            }
            for (Path snapshot : new SnapshotFolder(JobStore.snapshotFolder(folder)).all().values()) {
                reports.add(file(snapshot));
            }
        }
        return reports;
    }

    private Optional<StateReport> store(Path folder) throws IOException {
        Path place = folder;
        try {
            CurrentStore current = CurrentStore.read(new TwinFile(folder, CurrentStore.FILE));
            if (current == null) {
                throw StateRecovery.noRecord(folder);
            }
            if (current.isNone()) {
                return Optional.empty();
            }
            place = current.folder(folder);
            Optional<StateBackend> backend = registry.stateBackend(current.backend());
            if (backend.isEmpty()) {
                return Optional.of(ReportBuilder.problem("store", place, name(folder),
                        "not looked into: there is no state backend '" + current.backend() + "' here", false));
            }
            try (StateStore store = backend.get().open(place, Options.of(Map.of()))) {
                new FallBack(name(folder), folder, new StoreFolders(folder, Clock.systemUTC())).checkNotBack(store, current);
                return Optional.of(new ReportBuilder().report("store", place, name(folder), store.lastCheckpoint(),
                        "state backend " + current.backend(), Optional.empty(), store.bytesStored(), visitor -> store.scan(new byte[0], visitor)));
            }
        } catch (DamagedStateException e) {
            return Optional.of(ReportBuilder.problem("store", place, name(folder), e.getMessage(), true));
        }
    }

    private static String name(Path folder) {
        return FileNames.nameOf(folder.getFileName().toString());
    }
}
