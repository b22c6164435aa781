package creek.command;

import creek.core.job.JobManager;
import creek.core.job.StateInspector;
import creek.sql.SqlPlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The {@code creek} command: takes a command line, gives the exit status. The launcher finds it by the property and calls it on the main
 * thread; an interrupt of that thread means that the user wants it to end, in order.
 */
@Component(service = ToIntFunction.class, property = "creek.command=main")
public final class CreekCommand implements ToIntFunction<String[]> {
    private final Map<String, Subcommand> subcommands = new LinkedHashMap<>();
    private final boolean verbose;

    @Activate
    public CreekCommand(BundleContext context,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
            ComponentServiceObjects<SqlPlanner> planner,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
            ComponentServiceObjects<JobManager> jobs,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
            ComponentServiceObjects<StateInspector> states) {
        verbose = Boolean.parseBoolean(context.getProperty("creek.verbose"));
        Platform platform = new Platform(context, planner, jobs, states);
        for (Subcommand subcommand : List.of(new RunCommand(platform), new SqlCommand(platform), new ExplainCommand(platform),
                new CompileCommand(platform), new PackageCommand(platform),
                new StateCommand(platform), new StartHelp(), new ConsoleCommand(), new VersionCommand(platform))) {
            subcommands.put(subcommand.name(), subcommand);
        }
        HelpCommand help = new HelpCommand(subcommands);
        subcommands.put(help.name(), help);
    }

    @Override
    public int applyAsInt(String[] line) {
        try {
            return run(new ArrayList<>(Arrays.asList(line)));
        } catch (CommandException e) {
            System.err.println("creek: " + e.getMessage());
            if (verbose) {
                e.printStackTrace();
            }
            return e.status();
        } catch (InterruptedException e) {
            return CommandException.SUCCESS;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            System.err.println("creek: an error in Creek itself: " + e + (verbose ? "" : " (--verbose shows where)"));
            if (verbose) {
                e.printStackTrace();
            }
            return CommandException.FAILED;
        }
    }

    private int run(List<String> line) throws CommandException, InterruptedException {
        if (line.isEmpty()) {
            throw CommandException.usage("a command is needed: " + String.join(", ", subcommands.keySet()) + "; 'creek help' tells more");
        }
        String first = line.remove(0);
        String name = switch (first) {
            case "-h", "--help" -> "help";
            case "-V", "--version" -> "version";
            default -> first;
        };
        Subcommand subcommand = subcommands.get(name);
        if (subcommand == null) {
            throw CommandException.usage("there is no command '" + first + "'; there are " + String.join(", ", subcommands.keySet()));
        }
        if (line.contains("--help") || line.contains("-h")) {
            System.out.println(HelpCommand.of(subcommand));
            return CommandException.SUCCESS;
        }
        return subcommand.run(new Arguments(subcommand.synopsis(), line));
    }
}
