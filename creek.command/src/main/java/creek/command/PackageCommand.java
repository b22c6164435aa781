package creek.command;

import creek.command.packaging.JavaImage;
import creek.command.packaging.JobPackage;
import creek.command.packaging.PackagingException;
import creek.sql.CompiledJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code creek package JOB.sql -o F}. */
final class PackageCommand implements Subcommand {
    private final Platform platform;

    PackageCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "package";
    }

    @Override
    public String synopsis() {
        return "package JOB.sql -o FILE [--with console] ...";
    }

    @Override
    public String help() {
        return """
                make one executable file of a job and all it needs

                -o FILE            the file to write, for java -jar FILE and, by itself, ./FILE; the same script and
                                   versions give the same bytes. FILE.cdx.json beside it says what is inside (CycloneDX)
                --list             print what is inside, with versions and licences; without -o nothing is written
                --with console     with the console and a deploy folder: parts can be replaced while the job runs
                --bundle FILE      put in this bundle, too: a connector or functions of others; may be repeated
                --platform P,Q     native code (of Kafka's codecs) for these platforms only: linux-x86_64, linux-aarch64,
                                   linux-armv7
                --systemd          write a unit for systemd beside it, FILE's name with .service
                --with-jre         write also a folder and a .tar.gz with a small Java of its own, for machines like this one
                --self-contained   write FILE with that Java inside: it unpacks itself once""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException, InterruptedException {
        Optional<String> output = arguments.value("-o");
        boolean list = arguments.flag("--list");
        boolean systemd = arguments.flag("--systemd");
        boolean withJava = arguments.flag("--with-jre");
        boolean selfContained = arguments.flag("--self-contained");
        boolean console = console(arguments);
        List<Path> bundles = new ArrayList<>();
        for (Optional<String> file = arguments.value("--bundle"); file.isPresent(); file = arguments.value("--bundle")) {
            bundles.add(Path.of(file.get()));
        }
        Set<String> platforms = new TreeSet<>(List.of(arguments.value("--platform").map(each -> each.split(",")).orElse(new String[0])));
        if (output.isEmpty() && !list) {
            throw arguments.usage("-o FILE is missing");
        }
        Script script = Script.read(arguments.operand("SQL script"));
        CompiledJob job = script.compile(platform.planner());
        try {
            JobPackage made = JobPackage.of(Path.of(System.getProperty("creek.home")), job.name(), job.bundle(), bundles, console, platforms);
            if (list) {
                System.out.print(made.list());
            }
            if (output.isPresent()) {
                write(made, Path.of(output.get()), systemd, withJava, selfContained);
            }
            return CommandException.SUCCESS;
        } catch (PackagingException e) {
            throw CommandException.usage(e.getMessage(), e);
        } catch (IOException e) {
            throw CommandException.failed("the package can't be made: " + e, e);
        }
    }

    private static boolean console(Arguments arguments) throws CommandException {
        Optional<String> with = arguments.value("--with");
        if (with.isPresent() && !with.get().equals("console")) {
            throw arguments.usage("'--with " + with.get() + "' is not known; there is --with console");
        }
        return with.isPresent();
    }

    private static void write(JobPackage made, Path file, boolean systemd, boolean withJava, boolean selfContained)
            throws CommandException, IOException, PackagingException, InterruptedException {
        byte[] bytes = made.bytes();
        OutputFile.write(sibling(file, file.getFileName() + ".cdx.json"), made.billOfMaterials().getBytes(StandardCharsets.UTF_8), false);
        if (systemd) {
            OutputFile.write(sibling(file, stem(file) + ".service"), made.systemdUnit(file, withJava, selfContained).getBytes(StandardCharsets.UTF_8), false);
        }
        if (!withJava && !selfContained) {
            OutputFile.write(file, bytes, true);
            return;
        }
        JavaImage image = JavaImage.make(sibling(file, stem(file)), bytes);
        Path archive = image.pack();
        if (selfContained) {
            OutputFile.write(file, image.selfContained(archive), true);
        } else {
            OutputFile.write(file, bytes, true);
        }
    }

    private static Path sibling(Path file, String name) {
        return file.toAbsolutePath().resolveSibling(name);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
