package creek.connector.mqtt.client;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * Lets nothing be read from a connection before something was written to it. A broker says nothing before CONNECT, but it may close the connection at
 * once, as what stands before a broker that is down does. Paho's receiver would end then before whoever starts it has seen it at work, which that waits
 * for for ever: a thread each time. By the time CONNECT is sent all has been started.
 */
final class FirstWord {
    private boolean said;

    private synchronized void await() throws InterruptedIOException {
        try {
            while (!said) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Something was written, or nothing ever will be. */
    synchronized void say() {
        said = true;
        notifyAll();
    }

    /** What the broker says, to be read by one thread. */
    InputStream before(InputStream in) {
        return new FilterInputStream(in) {
            private boolean heard;

            private void hear() throws InterruptedIOException {
                if (!heard) {
                    await();
                    heard = true;
                }
            }

            @Override
            public int read() throws IOException {
                hear();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                hear();
                return super.read(bytes, offset, count);
            }
        };
    }

    /** What is said to the broker, to be written by one thread. */
    OutputStream by(OutputStream out) {
        return new FilterOutputStream(out) {
            private boolean told;

            private void tell() {
                if (!told) {
                    told = true;
                    say();
                }
            }

            @Override
            public void write(int single) throws IOException {
                tell();
                out.write(single);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                tell();
                out.write(bytes, offset, count);
            }
        };
    }
}
