package creek.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.terminal.Terminal;

/**
 * {@code creek console}: the console of a running platform, over the socket in its data folder.
 *
 * <p>A command goes over as a line; what comes back is its output and one byte after it: 0 where it went well, 1 where it failed.
 */
final class ConsoleCommand implements Subcommand {
    @Override
    public String name() {
        return "console";
    }

    @Override
    public String synopsis() {
        return "console [--data DIR] [COMMAND ...]";
    }

    @Override
    public String help() {
        return """
                the console of a running platform

                --data DIR  the data folder of the platform (default .creek)
                COMMAND     one command to execute instead of opening the console: 'creek console lb'""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        String data = arguments.value("--data").orElse(".creek");
        Path socket = Path.of(data).resolve("console.sock");
        if (!Files.exists(socket)) {
            throw CommandException.failed("no platform runs on the data folder " + data + ": start one with 'creek start --data " + data + "'");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return arguments.all().isEmpty() ? converse(channel)
                    : execute(String.join(" ", arguments.all()), channel, System.out) ? CommandException.SUCCESS : CommandException.FAILED;
        } catch (IOException e) {
            throw CommandException.failed("the platform on the data folder " + data + " can't be reached: " + e.getMessage(), e);
        }
    }

    private static int converse(SocketChannel channel) throws IOException {
        try (Terminal terminal = Terminals.open()) {
            LineReader reader = Terminals.reader(terminal, "console", new DefaultParser(), NullCompleter.INSTANCE);
            PrintStream output = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
            while (true) {
                String line = readLine(reader, Terminals.isInteractive(terminal) ? "creek:g! " : "");
                if (line.equals("quit") || line.equals("exit")) {
                    return CommandException.SUCCESS;
                }
                if (!line.isEmpty()) {
                    execute(line, channel, output);
                }
            }
        } catch (EndOfFileException e) {
            return CommandException.SUCCESS;
        }
    }

    /** Ctrl-C drops what was typed; the interrupt that comes with SIGTERM ends the console. */
    private static String readLine(LineReader reader, String prompt) {
        try {
            return reader.readLine(prompt).strip();
        } catch (UserInterruptException e) {
            return Boolean.getBoolean("creek.stopping") ? "quit" : "";
        }
    }

    /** Whether the command went well. The end of the stream is the platform's: it was told to shut down. */
    private static boolean execute(String command, SocketChannel channel, PrintStream output) throws IOException {
        channel.write(ByteBuffer.wrap((command.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8)));
        InputStream input = Channels.newInputStream(channel);
        OutputStream plain = output;
        byte[] buffer = new byte[8192];
        int count;
        while ((count = input.read(buffer)) > 0) {
            byte last = buffer[count - 1];
            boolean ended = last == 0 || last == 1;
            plain.write(buffer, 0, ended ? count - 1 : count);
            output.flush();
            if (ended) {
                return last == 0;
            }
        }
        return true;
    }
}
