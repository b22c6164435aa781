package creek.command;

/** {@code creek version}. */
final class VersionCommand implements Subcommand {
    private final Platform platform;

    VersionCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String synopsis() {
        return "version";
    }

    @Override
    public String help() {
        return "the versions of Creek and of the Java that runs it";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        arguments.none();
        System.out.println("creek " + platform.context().getBundle().getVersion() + " on Java " + System.getProperty("java.version") + " ("
                + System.getProperty("java.vendor") + ")");
        return CommandException.SUCCESS;
    }
}
