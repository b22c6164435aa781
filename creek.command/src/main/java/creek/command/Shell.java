package creek.command;

import creek.command.ResultFormat.ResultPrinter;
import creek.core.job.JobStatus;
import creek.sql.SqlException;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The interactive SQL shell: reads statements until {@code ;}, runs them, prints what they give. Ctrl-C ends the statement, not the shell. */
final class Shell {
    private static final String HELP = """
            Statements end with ';' and may have several lines. Ctrl-C drops the statement being typed or ends the one that runs.
            SHOW TABLES, DESCRIBE name and EXPLAIN SELECT ... tell what there is. 'quit' or Ctrl-D ends the shell.""";

    private final Path workingDirectory = Path.of("").toAbsolutePath();
    private final SqlSession session;
    private final StatementRunner runner;
    private volatile boolean cancelled;

    Shell(Platform platform) throws CommandException {
        session = platform.planner().openSession(workingDirectory);
        runner = new StatementRunner(platform, workingDirectory);
    }

    int run() throws CommandException, InterruptedException {
        try (Terminal terminal = Terminals.open()) {
            LineReader reader = Terminals.reader(terminal, "sql", new SqlParser(), new SqlCompleter(session));
            Thread main = Thread.currentThread();
            terminal.handle(Terminal.Signal.INT, signal -> {
                cancelled = true;
                main.interrupt();
            });
            if (Terminals.isInteractive(terminal)) {
                terminal.writer().println("Creek SQL. Statements end with ';'; 'help' tells more.");
            }
            loop(terminal, reader);
            return CommandException.SUCCESS;
        } catch (IOException e) {
            throw CommandException.failed("the terminal failed: " + e.getMessage(), e);
        }
    }

    private void loop(Terminal terminal, LineReader reader) throws InterruptedException {
        String prompt = Terminals.isInteractive(terminal) ? "creek> " : "";
        while (true) {
            String text;
            try {
                text = reader.readLine(prompt);
            } catch (UserInterruptException e) {
                // By Ctrl-C, or by the interrupt that comes with SIGTERM.
                if (Boolean.getBoolean("creek.stopping")) {
                    return;
                }
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            String word = text.strip().replaceAll("\\s*;$", "").toLowerCase(Locale.ROOT);
            switch (word) {
                case "" -> { }
                case "quit", "exit" -> {
                    return;
                }
                case "help" -> terminal.writer().println(HELP);
                default -> execute(text, terminal);
            }
            terminal.writer().flush();
        }
    }

    private void execute(String text, Terminal terminal) throws InterruptedException {
        cancelled = false;
        try {
            for (Statement statement : session.split(text)) {
                print(session.execute(statement), terminal);
            }
        } catch (SqlException e) {
            error(terminal, (e.line() > 0 ? e.line() + ":" + e.column() + ": " : "") + e.getMessage());
        } catch (CommandException | IOException e) {
            error(terminal, e.getMessage());
        } catch (InterruptedException e) {
            if (!cancelled) {
                throw e;
            }
            error(terminal, "cancelled");
        }
    }

    private void print(StatementResult result, Terminal terminal) throws CommandException, InterruptedException, IOException {
        ResultPrinter printer = ResultFormat.TABLE.printer(terminal.writer());
        if (result instanceof StatementResult.Done done) {
            terminal.writer().println(done.message());
        } else if (result instanceof StatementResult.Texts texts) {
            StatementRunner.texts(texts.columns(), texts.rows(), printer);
        } else if (result instanceof StatementResult.Query query) {
            runner.query(query.job(), printer);
        } else if (result instanceof StatementResult.Insert insert) {
            JobStatus status = runner.insert(insert.job());
            terminal.writer().println(Progress.summary(status));
        }
    }

    private static void error(Terminal terminal, String message) {
        terminal.writer().println("error: " + message);
    }
}
