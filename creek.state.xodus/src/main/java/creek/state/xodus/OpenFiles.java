package creek.state.xodus;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that are open for reading, a bounded number. Not file channels, since those close when a thread that reads is interrupted. For any thread.
 */
final class OpenFiles {
    private static final int LIMIT = 256;

    private final Map<Path, RandomAccessFile> open = new LinkedHashMap<>(2 * LIMIT, 0.75f, true);

    synchronized void read(Path path, byte[] output, long position, int offset, int count) throws IOException {
        RandomAccessFile file = open.get(path);
        if (file == null) {
            if (open.size() == LIMIT) {
                Iterator<RandomAccessFile> oldest = open.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
            file = new RandomAccessFile(path.toFile(), "r");
            open.put(path, file);
        }
        file.seek(position);
        file.readFully(output, offset, count);
    }

    synchronized void close(Path path) throws IOException {
        RandomAccessFile file = open.remove(path);
        if (file != null) {
            file.close();
        }
    }

    synchronized void closeAll() throws IOException {
        for (RandomAccessFile file : open.values()) {
            file.close();
        }
        open.clear();
    }
}
