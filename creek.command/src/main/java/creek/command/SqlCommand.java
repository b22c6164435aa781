package creek.command;

import creek.command.ResultFormat.ResultPrinter;
import creek.sql.SqlException;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code creek sql}: the shell, and with {@code -f} the statements of a file. */
final class SqlCommand implements Subcommand {
    private final Platform platform;

    SqlCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String synopsis() {
        return "sql [-f FILE [--format table|jsonl|csv]]";
    }

    @Override
    public String help() {
        return """
                a SQL shell; with -f, the result of a file's last SELECT

                -f FILE        run the statements of a file in order and print the result of its last SELECT;
                               relative paths in it are relative to its folder
                --format FORM  how to print: table (the default, for people), jsonl (a header object with columns
                               and types, then an array a row) or csv""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException, InterruptedException {
        Optional<String> file = arguments.value("-f");
        Optional<String> format = arguments.value("--format");
        arguments.none();
        if (file.isEmpty()) {
            if (format.isPresent()) {
                throw arguments.usage("--format goes with -f");
            }
            return new Shell(platform).run();
        }
        runFile(Script.read(file.get()), ResultFormat.of(format.orElse("table")));
        return CommandException.SUCCESS;
    }

    private void runFile(Script script, ResultFormat format) throws CommandException, InterruptedException {
        try (Writer output = new BufferedWriter(new OutputStreamWriter(new StandardOutput(), StandardCharsets.UTF_8))) {
            ResultPrinter printer = format.printer(output);
            List<StatementResult> results = execute(script);
            StatementResult last = lastOf(results, script);
            runJobs(results, last, script, printer);
        } catch (IOException e) {
            if (!isClosedPipe(e)) {
                throw CommandException.failed("can't write the result: " + e.getMessage(), e);
            }
        }
    }

    private void runJobs(List<StatementResult> results, StatementResult last, Script script, ResultPrinter printer)
            throws CommandException, InterruptedException, IOException {
        StatementRunner runner = new StatementRunner(platform, script.folder());
        try {
            for (StatementResult result : results) {
                if (result instanceof StatementResult.Insert insert) {
                    runner.insert(insert.job());
                } else if (result == last) {
                    print(result, runner, printer);
                }
            }
        } catch (CommandException e) {
            throw CommandException.failed(script.file() + ": " + e.getMessage(), e);
        }
    }

    private List<StatementResult> execute(Script script) throws CommandException {
        SqlSession session = platform.planner().openSession(script.folder());
        List<StatementResult> results = new ArrayList<>();
        try {
            for (Statement statement : session.split(script.text())) {
                results.add(session.execute(statement));
            }
        } catch (SqlException e) {
            throw script.error(e);
        }
        return results;
    }

    /** What to print: the last query, or else the last of the statements that give a table. */
    private static StatementResult lastOf(List<StatementResult> results, Script script) throws CommandException {
        StatementResult last = null;
        for (StatementResult result : results) {
            if (result instanceof StatementResult.Query || result instanceof StatementResult.Texts && !(last instanceof StatementResult.Query)) {
                last = result;
            }
        }
        if (last == null && results.stream().noneMatch(StatementResult.Insert.class::isInstance)) {
            throw CommandException.usage(script.file() + ": there is nothing to run: the script has neither a SELECT nor an INSERT");
        }
        return last;
    }

    private static void print(StatementResult result, StatementRunner runner, ResultPrinter printer)
            throws CommandException, InterruptedException, IOException {
        if (result instanceof StatementResult.Query query) {
            runner.query(query.job(), printer);
        } else if (result instanceof StatementResult.Texts texts) {
            StatementRunner.texts(texts.columns(), texts.rows(), printer);
        }
    }

    /** Whoever read the output has gone, and misses nothing. */
    private static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
