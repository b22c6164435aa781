package creek.command;

/** What there is to say about {@code creek start}; the launcher does it, since it is what this command runs in. */
final class StartHelp implements Subcommand {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String synopsis() {
        return "start [--data DIR] [--deploy DIR]";
    }

    @Override
    public String help() {
        return """
                a platform whose parts can be replaced while jobs run

                --data DIR    what the platform keeps: installed bundles, the console's socket (default .creek)
                --deploy DIR  bundles and SQL scripts, deployed as they come, change and go (default DATA/deploy)

                On a terminal a console is opened; leaving it stops the platform. Otherwise it runs until
                Ctrl-C, SIGTERM or 'stop 0' in its console.""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        throw CommandException.usage("a platform is running here already");
    }
}
