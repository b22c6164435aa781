package creek.command;

import java.io.IOException;
import java.io.OutputStream;

/** {@code System.out}, whichever that is at the moment, but with errors thrown rather than kept. Closing it only flushes. */
final class StandardOutput extends OutputStream {
    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        System.out.write(bytes, offset, length);
        flush();
    }

    /** A print stream says only that there was an error; of standard output that is nearly always a pipe whose reader has gone. */
    @Override
    public void flush() throws IOException {
        if (System.out.checkError()) {
            throw new IOException("Broken pipe");
        }
    }
}
