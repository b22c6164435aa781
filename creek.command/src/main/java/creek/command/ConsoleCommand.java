package creek.command;

import java.io.ByteArrayOutputStream;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/**
 * {@code creek console}: the console of a running platform, over the socket in its data folder.
 *
 * <p>A request goes over as a line; what comes back is its output and one byte after it: 0 where it went well, 1 where it failed. See there for the requests.
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
            request('/', Path.of("").toAbsolutePath().toString().substring(1), channel, System.out);
            return arguments.all().isEmpty() ? converse(channel)
                    : request('!', line(arguments.all()), channel, System.out) ? CommandException.SUCCESS : CommandException.FAILED;
        } catch (IOException e) {
            throw CommandException.failed("the platform on the data folder " + data + " can't be reached: " + e.getMessage(), e);
        }
    }

    /** One argument is a whole line, as a person would type it; several are the words of one. */
    private static String line(List<String> arguments) {
        return arguments.size() == 1 ? arguments.get(0) : arguments.stream().map(ConsoleCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[^\\s\"'$;|&(){}\\[\\]<>#*?~\\\\]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static int converse(SocketChannel channel) throws IOException {
        try (Terminal terminal = Terminals.open()) {
            LineReader reader = Terminals.reader(terminal, "console", new DefaultParser(), completer(channel));
            PrintStream output = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
            while (true) {
                String line = readLine(reader, Terminals.isInteractive(terminal) ? "creek:g! " : "");
                if (line.equals("quit") || line.equals("exit")) {
                    return CommandException.SUCCESS;
                }
                if (!line.isEmpty()) {
                    request('!', line, channel, output);
                }
            }
        } catch (EndOfFileException e) {
            return CommandException.SUCCESS;
        }
    }

    /** Asks the platform what there is. A folder is not the end of a word. */
    private static Completer completer(SocketChannel channel) {
        return (reader, line, candidates) -> {
            ByteArrayOutputStream names = new ByteArrayOutputStream();
            try (PrintStream output = new PrintStream(names, true, StandardCharsets.UTF_8)) {
                List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
                words.add(line.word().substring(0, line.wordCursor()));
                request('?', String.join("\t", words), channel, output);
            } catch (IOException e) {
                return; // shows with the next command
            }
            names.toString(StandardCharsets.UTF_8).lines()
                    .forEach(name -> candidates.add(new Candidate(name, name, null, null, null, null, !name.endsWith("/"))));
        };
    }

    /** Ctrl-C drops what was typed; the interrupt that comes with SIGTERM ends the console. */
    private static String readLine(LineReader reader, String prompt) {
        try {
            return reader.readLine(prompt).strip();
        } catch (UserInterruptException e) {
            return Boolean.getBoolean("creek.stopping") ? "quit" : "";
        }
    }

    /** Whether the request went well. The end of the stream is the platform's: it was told to shut down. */
    private static boolean request(char what, String text, SocketChannel channel, PrintStream output) throws IOException {
        channel.write(ByteBuffer.wrap((what + text.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8)));
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
