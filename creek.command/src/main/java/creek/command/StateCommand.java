package creek.command;

import creek.core.job.StateReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code creek state FILE|FOLDER}. */
final class StateCommand implements Subcommand {
    private final Platform platform;

    StateCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public String synopsis() {
        return "state FILE|FOLDER";
    }

    @Override
    public String help() {
        return """
                what is in a savepoint, a snapshot or the state of jobs, and whether it is whole

                FILE is a savepoint or snapshot. FOLDER is that of a job, that of all jobs, or one with savepoints.
                Everything is read and checked. The status is 1 if something is damaged.""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        String path = arguments.operand("file or folder");
        List<StateReport> reports;
        try {
            reports = platform.states().inspect(Path.of(path));
        } catch (NoSuchFileException e) {
            throw CommandException.failed("there is no file or folder " + e.getFile());
        } catch (IOException e) {
            throw CommandException.failed("can't read " + path + ": " + e.getMessage(), e);
        }
        boolean isDamaged = false;
        for (StateReport report : reports) {
            System.out.print(StatePrinter.text(report));
            isDamaged |= report.isDamaged();
        }
        return isDamaged ? CommandException.FAILED : CommandException.SUCCESS;
    }
}
