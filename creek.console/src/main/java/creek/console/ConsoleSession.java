package creek.console;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** One client of the console: takes a command a line, answers with its output and one byte that says how it went. */
final class ConsoleSession implements AutoCloseable {
    /** The bytes after an answer; they are in no text. */
    private static final int DONE = 0;
    private static final int FAILED = 1;
    /** Longer lines are not typed by people. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final BufferedReader lines;
    private final PrintStream output;
    private final CommandSession session;

    ConsoleSession(CommandProcessor processor, SocketChannel client) {
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
        OutputStream bytes = Channels.newOutputStream(client);
        output = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), output, output);
    }

    void run() throws IOException {
        String line;
        while ((line = readLine()) != null && !output.checkError()) {
            boolean done = execute(line);
            output.write(done ? DONE : FAILED);
            output.flush();
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = lines.read()) >= 0 && c != '\n') {
            line.append((char) c);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
        }
        return c < 0 ? null : line.toString();
    }

    private boolean execute(String line) {
        try {
            Object result = session.execute(line);
            if (result != null) {
                output.println(session.format(result, Converter.INSPECT));
            }
            return true;
        } catch (Exception e) { // Gogo passes on whatever a command throws
            output.println("error: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return false;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
