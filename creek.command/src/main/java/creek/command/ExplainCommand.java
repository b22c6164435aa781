package creek.command;

import creek.sql.CompiledJob;
import creek.sql.SqlException;

/** {@code creek explain JOB.sql}. */
final class ExplainCommand implements Subcommand {
    private final Platform platform;

    ExplainCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String synopsis() {
        return "explain JOB.sql [--code]";
    }

    @Override
    public String help() {
        return """
                the plan of a script's job

                --code  the generated Java as well""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        boolean code = arguments.flag("--code");
        Script script = Script.read(arguments.operand("SQL script"));
        try {
            CompiledJob job = platform.planner().openSession().compile(script.text(), script.jobName());
            System.out.println(job.plan().stripTrailing());
            if (code) {
                System.out.println();
                System.out.println(job.source().stripTrailing());
            }
            return CommandException.SUCCESS;
        } catch (SqlException e) {
            throw script.error(e);
        }
    }
}
