package creek.command.packaging;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder of the distribution, whose bundles packages are made of. */
final class Distribution {
    private final Path home;

    Distribution(Path home) {
        this.home = home;
    }

    /** The bundles of a launch configuration, as bnd resolved them. */
    List<String> configuration(String name) throws IOException {
        Properties instructions = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve(name), StandardCharsets.UTF_8)) {
            instructions.load(reader);
        }
        return Arrays.stream(instructions.getProperty("-runbundles", "").split(",(?=\\s*[A-Za-z])")).map(clause -> clause.split(";")[0].strip())
                .filter(bundle -> !bundle.isEmpty()).toList();
    }

    BundleFile bundle(String name) throws IOException, PackagingException {
        return read(home.resolve("bundles").resolve(name + ".jar"), true);
    }

    /** All that there are, by name. */
    List<BundleFile> bundles() throws IOException, PackagingException {
        List<Path> files;
        try (Stream<Path> list = Files.list(home.resolve("bundles"))) {
            files = list.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        List<BundleFile> bundles = new ArrayList<>();
        for (Path file : files) {
            bundles.add(read(file, true));
        }
        return bundles;
    }

    /** The jars that are no bundles of the platform: the framework and the launcher. */
    List<BundleFile> launcher() throws IOException, PackagingException {
        return List.of(read(home.resolve("lib/creek.run.jar"), true), read(home.resolve("lib/org.apache.felix.framework.jar"), true));
    }

    /** A bundle of others. */
    static BundleFile other(Path file) throws IOException, PackagingException {
        return read(file, false);
    }

    private static BundleFile read(Path file, boolean ofDistribution) throws IOException, PackagingException {
        if (!Files.isRegularFile(file)) {
            throw new PackagingException("there is no bundle " + file);
        }
        return BundleFile.read(file.toString(), Files.readAllBytes(file), ofDistribution);
    }
}
