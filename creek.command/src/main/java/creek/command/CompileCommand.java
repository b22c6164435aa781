package creek.command;

import creek.sql.CompiledJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        try {
            write(Path.of(output), job.bundle());
            return CommandException.SUCCESS;
        } catch (IOException e) {
            throw CommandException.failed("can't write " + output + ": " + e, e);
        }
    }

    /** Under another name first: a deploy folder must never see half a bundle. */
    private static void write(Path file, byte[] bytes) throws IOException, CommandException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw CommandException.failed("can't write " + file + ": it is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw CommandException.failed("can't write " + file + ": there is no folder " + folder);
        }
        // Not a temporary file, which nobody else may read: the platform that runs the job may be another user's.
        Path part = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
