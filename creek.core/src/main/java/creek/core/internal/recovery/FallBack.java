package creek.core.internal.recovery;

import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotReader;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** What a job whose store is damaged could go back to: the snapshots, and checkpoints of the store that are snapshots themselves. */
final class FallBack {
    /** A snapshot, not looked into yet. */
    record Candidate(long number, Path file) {
        /** Opens it; it is what its name says. */
        SnapshotReader open() throws IOException {
            SnapshotReader reader = new SnapshotReader(file);
            if (reader.header().checkpoint() != number) {
                reader.close();
                throw new DamagedStateException("snapshot " + file + " is that of checkpoint " + reader.header().checkpoint());
            }
            return reader;
        }
    }

    private final String job;
    private final Path folder;
    private final SnapshotFolder snapshots;
    private final StoreFolders stores;

    FallBack(String job, Path folder, StoreFolders stores) {
        this.job = job;
        this.folder = folder;
        this.stores = stores;
        snapshots = new SnapshotFolder(JobStore.snapshotFolder(folder));
    }

    /** @throws DamagedStateException if the store has an earlier checkpoint than one that is known to have been complete */
    void checkNotBack(StateStore store, CurrentStore current) throws IOException {
        NavigableMap<Long, Path> all = snapshots.all();
        long known = Math.max(current.checkpoint(), all.isEmpty() ? 0 : all.lastKey());
        if (store.lastCheckpoint() < known) {
            throw new DamagedStateException("store " + current.folder(folder) + " has "
                    + (store.lastCheckpoint() == 0 ? "no checkpoint" : "come back with checkpoint " + store.lastCheckpoint()) + ", but checkpoint "
                    + known + " was complete");
        }
    }

    /** The highest number of a checkpoint of which something is known. */
    long lastNumber(CurrentStore current) throws IOException {
        List<Candidate> candidates = candidates(current);
        return Math.max(current.checkpoint(), candidates.isEmpty() ? 0 : candidates.get(0).number);
    }

    /** The latest first. */
    List<Candidate> candidates(CurrentStore current) throws IOException {
        Map.Entry<Long, Path> lastStore = stores.all().lastEntry();
        Path store = !current.isNone() ? current.folder(folder) : lastStore == null ? folder : lastStore.getValue();
        List<Candidate> candidates = new ArrayList<>();
        for (SnapshotFolder each : List.of(snapshots, new SnapshotFolder(store))) {
            each.all().tailMap(current.base(), true).forEach((number, file) -> candidates.add(new Candidate(number, file)));
        }
        candidates.sort(Comparator.comparingLong(Candidate::number).reversed());
        return candidates;
    }

    /** Says what is wrong and what could be done. Changes nothing. */
    DamagedStateException refusal(CurrentStore current, DamagedStateException why) throws IOException {
        String message = "the state of job " + job + " can't be trusted: " + why.getMessage() + ". ";
        for (Candidate candidate : candidates(current)) {
            try (SnapshotReader reader = candidate.open()) {
                SnapshotReader.verify(candidate.file);
                return new DamagedStateException(message + "It could go back to " + describe(candidate.file, reader.header())
                        + ": what was read since then is read again, and output that became final since then, files for example, is written again. "
                        + "To allow that, set '" + StateSettings.ON_CORRUPTION.key() + "' = 'fall-back'. Nothing has been changed", why);
            } catch (DamagedStateException e) {
                why.addSuppressed(e);
            }
        }
        return new DamagedStateException(message + "There is no good snapshot to go back to. To start afresh or from a savepoint, move " + folder
                + " away", why);
    }

    static String describe(Path file, SnapshotHeader header) {
        return file + ", checkpoint " + header.checkpoint() + " of " + Instant.ofEpochMilli(header.time()).truncatedTo(ChronoUnit.SECONDS);
    }
}
