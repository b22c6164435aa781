package creek.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream that may have nothing for a long time on a thread of its own, a few buffers ahead. The channel's side never blocks and
 * belongs to one thread.
 */
final class InputPump implements ReadableByteChannel {
    private static final int BUFFERS = 4;
    private static final int BUFFER_SIZE = 64 << 10;

    private final InputStream in;
    private final Runnable wakeUp;
    private final Thread thread;
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS);
    /** How the stream ended: both are set before {@link #ended} is. */
    private IOException failure;
    private volatile boolean ended;
    private volatile boolean open = true;

    private ByteBuffer current;

    /** @param wakeUp called on the pump's thread when there is something to read, the end included */
    InputPump(InputStream in, String name, Runnable wakeUp) {
        this.in = in;
        this.wakeUp = wakeUp;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(ByteBuffer.allocate(BUFFER_SIZE));
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            pump();
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            // closed; nobody reads any more
        }
        ended = true;
        wakeUp.run();
    }

    private void pump() throws IOException, InterruptedException {
        while (open) {
            ByteBuffer buffer = free.take();
            int count = in.read(buffer.array());
            if (count < 0) {
                return;
            }
            full.add(buffer.position(0).limit(count));
            wakeUp.run();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (current == null) {
            // Whether it ended is asked first: what came before the end is in the queue by then.
            boolean wasEnded = ended;
            current = full.poll();
            if (current == null) {
                if (wasEnded && failure != null) {
                    throw failure;
                }
                return wasEnded ? -1 : 0;
            }
        }
        int count = Math.min(current.remaining(), target.remaining());
        target.put(current.array(), current.position(), count);
        current.position(current.position() + count);
        if (!current.hasRemaining()) {
            free.add(current);
            current = null;
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** The thread ends at once, or, where it is in the midst of a read that can't be broken off, when that returns. */
    @Override
    public void close() {
        open = false;
        thread.interrupt();
    }
}
