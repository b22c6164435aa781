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
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;

/**
 * One client of the console: takes a request a line, answers with output and one byte that says how it went. The first character says what is wanted:
 * {@code !} executes a command, {@code /} says that the client's working directory is the one that follows, {@code ?} asks what the last of words, between
 * tabs, may become.
 */
final class ConsoleSession implements AutoCloseable {
    /** The bytes after an answer; they are in no text. */
    private static final int DONE = 0;
    private static final int FAILED = 1;
    /** Longer lines are not typed by people. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final BufferedReader lines;
    private final PrintStream output;
    private final CommandSession session;
    private final Completion completion;

    ConsoleSession(BundleContext context, CommandProcessor processor, SocketChannel client) {
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
        OutputStream bytes = Channels.newOutputStream(client);
        output = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), output, output);
        // Commands of ours that Felix has as well do what Felix's do, and more.
        session.put("SCOPE", "creek:*");
        completion = new Completion(context, session);
    }

    void run() throws IOException {
        String line;
        while ((line = readLine()) != null && !output.checkError()) {
            boolean done = answer(line.isEmpty() ? ' ' : line.charAt(0), line.isEmpty() ? "" : line.substring(1));
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

    private boolean answer(char what, String text) {
        switch (what) {
            case '!' -> {
                return execute(text);
            }
            case '?' -> completion.candidates(List.of(text.split("\t", -1))).forEach(output::println);
            case '/' -> session.currentDir(Path.of("/" + text));
            default -> {
                output.println("error: a request starts with '!', '?' or '/'");
                return false;
            }
        }
        return true;
    }

    private boolean execute(String line) {
        try {
            Object result = session.execute(line);
            if (result != null) {
                output.println(session.format(result, Converter.INSPECT).toString().stripTrailing());
            }
            return true;
        } catch (Exception e) { // Gogo passes on whatever a command throws
            output.println("error: " + message(e, line));
            return false;
        }
    }

    private static String message(Exception e, String line) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String command = line.strip().split("\\s", 2)[0];
        return message.startsWith("Command not found") ? message + "; 'help' lists what there is"
                : message.startsWith("Cannot coerce") ? "that is not what " + command + " takes; 'help " + command + "' tells" : message;
    }

    @Override
    public void close() {
        session.close();
    }
}
