package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A set of paths, eight bytes each in a position. Each keeps its place there for as long as it is in the set, so that little changes from one
 * position to the next.
 */
final class PathSet {
    /** A path of this hash is as if it were that of another; one in 2^64 is. */
    private static final long NONE = 0;

    private long[] places = new long[16];
    private int used;
    private final Map<Long, Integer> placeOf = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** A path's hash, which is what the set has. */
    static long hash(CharSequence path) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        hash ^= hash >>> 31;
        return hash == NONE ? 1 : hash;
    }

    boolean contains(long path) {
        return placeOf.containsKey(path);
    }

    void add(long path) {
        if (contains(path)) {
            return;
        }
        if (free.isEmpty()) {
            if (used == places.length) {
                places = Arrays.copyOf(places, used * 2);
            }
            free.push(used++);
        }
        int place = free.pop();
        places[place] = path;
        placeOf.put(path, place);
    }

    void remove(long path) {
        Integer place = placeOf.remove(path);
        if (place != null) {
            places[place] = NONE;
            free.push(place);
        }
    }

    /** Leaves only those that are in the other set as well. */
    void retain(Set<Long> others) {
        for (int i = 0; i < used; i++) {
            if (places[i] != NONE && !others.contains(places[i])) {
                remove(places[i]);
            }
        }
    }

    void write(BinaryWriter output) {
        output.writeInt(used);
        for (int i = 0; i < used; i++) {
            output.writeLong(places[i]);
        }
    }

    static PathSet read(BinaryReader input) throws PositionException {
        PathSet read = new PathSet();
        read.used = readCount(input);
        read.places = new long[Math.max(read.used, 16)];
        for (int i = 0; i < read.used; i++) {
            read.places[i] = input.readLong();
            if (read.places[i] == NONE) {
                read.free.push(i);
            } else {
                read.placeOf.put(read.places[i], i);
            }
        }
        return read;
    }

    /** A number of hashes, as many as there are bytes for. */
    static int readCount(BinaryReader input) throws PositionException {
        int count = input.readInt();
        if (count < 0 || count > input.remaining() / Long.BYTES) {
            throw Problems.damaged("it has too few bytes for " + count + " files");
        }
        return count;
    }
}
