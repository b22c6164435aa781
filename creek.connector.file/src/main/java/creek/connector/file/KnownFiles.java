package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a listing that need not be read any more, or are waiting for it: all by their names, and those read last also by what tells a
 * renamed file from a new one.
 */
final class KnownFiles {
    private static final int MOST_RECENT = 128;

    private PathSet names = new PathSet();
    /** By hash of their keys, the one read last at the end. */
    private final Map<Long, ReadFile> recent = new LinkedHashMap<>();

    /**
     * Takes a new listing, which is all that there is now.
     *
     * @return the files that are to be read
     */
    List<SourceFile> take(List<SourceFile> listed, FileListing listing) throws IOException {
        Map<Long, ReadFile> recentByName = new HashMap<>();
        recent.values().forEach(file -> recentByName.put(file.name(), file));
        List<SourceFile> fresh = new ArrayList<>();
        Set<Long> present = new HashSet<>();
        for (SourceFile file : listed) {
            long name = listing.hash(file.path());
            present.add(name);
            if (!wasRead(file, name) && (!names.contains(name) || isReplaced(recentByName.get(name), file))) {
                fresh.add(file);
            }
            names.add(name);
        }
        names.retain(present);
        return fresh;
    }

    /** Whether the file itself was read not long ago, under whatever name; notes the name that it has now. */
    private boolean wasRead(SourceFile file, long name) throws IOException {
        ReadFile read = recent.get(PathSet.hash(file.fileKey()));
        if (read == null || !(read.name() == name ? file.size() >= read.size() : read.isRenamed(file))) {
            return false;
        }
        recent.replace(read.key(), read.withName(name));
        return true;
    }

    /** Whether a file has come in the place of the one that was read under its name; a copy of that is no other. */
    private static boolean isReplaced(ReadFile last, SourceFile file) {
        return last != null && !last.isUnchanged(file);
    }

    boolean contains(long name) {
        return names.contains(name);
    }

    void add(long name) {
        names.add(name);
    }

    /** Has a name stand for nothing that was read. */
    void forget(long name) {
        names.remove(name);
        recent.values().removeIf(file -> file.name() == name);
    }

    /** Notes that a file has been read. */
    void end(ReadFile file) {
        recent.values().removeIf(other -> other.name() == file.name());
        if (recent.size() == MOST_RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        recent.put(file.key(), file);
    }

    void write(BinaryWriter output) {
        names.write(output);
        output.writeVarInt(recent.size());
        for (ReadFile file : recent.values()) {
            file.write(output);
        }
    }

    void read(BinaryReader input) throws PositionException {
        names = PathSet.read(input);
        int count = input.readVarInt();
        if (count < 0 || count > MOST_RECENT) {
            throw Problems.damaged("it tells of " + count + " files");
        }
        for (int i = 0; i < count; i++) {
            ReadFile file = ReadFile.read(input);
            recent.put(file.key(), file);
        }
    }
}
