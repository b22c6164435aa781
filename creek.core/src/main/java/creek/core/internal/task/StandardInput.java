package creek.core.internal.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What is piped into the process, read on a thread of its own, a few buffers ahead, from when the first reader opens it. It is the engine's, since what
 * has been read can't be read again: the next reader gets what the one before has not taken.
 */
final class StandardInput {
    private static final int BUFFERS = 4;
    private static final int BUFFER_SIZE = 64 << 10;
    private static final StandardInput OF_PROCESS = new StandardInput(System.in);

    private final InputStream in;
    /** Null until somebody reads. */
    private BlockingQueue<ByteBuffer> free;
    private BlockingQueue<ByteBuffer> full;
    private ByteBuffer current;
    /** Who reads now, or null. */
    private volatile Channel reader;

    /** How the stream ended: both are set before {@link #ended} is. */
    private IOException failure;
    private volatile boolean ended;

    StandardInput(InputStream in) {
        this.in = in;
    }

    /** That of this process. */
    static StandardInput ofProcess() {
        return OF_PROCESS;
    }

    /**
     * Gives it to a reader, until that closes it.
     *
     * @param wakeUp called on a thread of its own when there is something to read, the end included
     * @return does not block: 0 bytes are read where there is nothing now
     * @throws IOException if another reader has it
     */
    synchronized ReadableByteChannel open(Runnable wakeUp) throws IOException {
        if (reader != null) {
            throw new IOException("standard input is being read already; a table of it can be read at one place, by one job at a time");
        }
        Channel opened = new Channel(wakeUp);
        reader = opened;
        if (free == null) {
            free = new ArrayBlockingQueue<>(BUFFERS);
            full = new ArrayBlockingQueue<>(BUFFERS);
            for (int i = 0; i < BUFFERS; i++) {
                free.add(ByteBuffer.allocate(BUFFER_SIZE));
            }
            Thread thread = new Thread(null, this::run, "creek-stdin", 0, false);
            thread.setContextClassLoader(StandardInput.class.getClassLoader());
            thread.setDaemon(true);
            thread.start();
        }
        return opened;
    }

    private void run() {
        try {
            ByteBuffer buffer = free.take();
            for (int count = in.read(buffer.array()); count >= 0; count = in.read(buffer.array())) {
                full.add(buffer.position(0).limit(count));
                wakeUp();
                buffer = free.take();
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            // nobody does that
        }
        ended = true;
        wakeUp();
    }

    private void wakeUp() {
        Channel told = reader;
        if (told != null) {
            told.wakeUp.run();
        }
    }

    private synchronized int read(ByteBuffer target) throws IOException {
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

    private synchronized void close(Channel closed) {
        if (reader == closed) {
            reader = null;
        }
    }

    /** One reader's. */
    private final class Channel implements ReadableByteChannel {
        private final Runnable wakeUp;

        Channel(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return StandardInput.this.read(target);
        }

        @Override
        public boolean isOpen() {
            return reader == this;
        }

        @Override
        public void close() {
            StandardInput.this.close(this);
        }
    }
}
