package creek.command;

import creek.sql.CompiledJob;
import java.nio.file.Path;

/** {@code creek compile JOB.sql -o F}. */
final class CompileCommand implements Subcommand {
    private final Platform platform;

    CompileCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "compile";
    }

    @Override
    public String synopsis() {
        return "compile JOB.sql -o FILE";
    }

    @Override
    public String help() {
        return """
                make a job bundle, to be installed in a platform

                -o FILE  the bundle to write; the same script and versions give the same bytes""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        String output = arguments.value("-o").orElseThrow(() -> arguments.usage("-o FILE is missing"));
        Script script = Script.read(arguments.operand("SQL script"));
        CompiledJob job = script.compile(platform.planner());
        OutputFile.write(Path.of(output), job.bundle(), false);
        return CommandException.SUCCESS;
    }
}
