package creek.command;

/** One of the things that {@code creek} does. Called once, on the main thread. */
interface Subcommand {
    /** The word after {@code creek}. */
    String name();

    /** How it is called, without {@code creek}: {@code run JOB.sql}. */
    String synopsis();

    /** What it does and what its options are, for people; the first line by itself says what it is for. */
    String help();

    /**
     * Does it.
     *
     * @return the exit status
     * @throws CommandException     with what the user is told
     * @throws InterruptedException when the user wants it to end and nothing is left to end in order
     */
    int run(Arguments arguments) throws CommandException, InterruptedException;
}
