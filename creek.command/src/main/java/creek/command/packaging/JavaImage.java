package creek.command.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A folder with a packaged job and a Java made for it by {@code jlink}, which runs on machines of the kind it was made on. The archive of shared
 * classes in it is good for as long as sizes and times of files stay what they were, also elsewhere.
 */
public final class JavaImage {
    /** What the engine, the connectors and their libraries use of the JDK. */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,java.xml,"
            + "jdk.crypto.ec,jdk.unsupported,jdk.zipfs";
    private static final FileTime FIXED_TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String START = """
            #!/bin/sh
            # Runs the job with the Java beside it.
            here=$(dirname "$(readlink -f "$0")")
            JAVA_HOME=$here/java exec "$here/@NAME@.jar" "$@"
            """;
    private static final String UNPACK = """
            #!/bin/sh
            # A Creek job with a Java of its own: unpacks itself once, to a folder in CREEK_HOME or else in the user's cache, and runs
            # from there.
            fail() { echo "creek: $1" >&2; exit "$2"; }
            self=$(readlink -f "$0")
            length=$(wc -c < "$self")
            [ "$((length))" -eq @LENGTH@@ ] || fail "$0 is damaged or was copied in part: it has $((length)) of @LENGTH@@ bytes. Copy it again" 1
            home=${CREEK_HOME:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/creek}/@NAME@-@DIGEST@
            if [ ! -f "$home/whole" ]; then
              mkdir -p "$home" 2> /dev/null && [ -w "$home" ] || fail "can't write to $home: set CREEK_HOME to a folder to unpack to" 1
              part=$home/part.$$
              mkdir "$part" && tail -c +@START@@ "$self" | tar -xz -C "$part" || { rm -rf "$part"; fail "can't unpack to $home: is the disk full, or $0 damaged?" 1; }
              # whoever is first wins; the others have unpacked the same
              mv "$part/@NAME@" "$home/" 2> /dev/null || [ -d "$home/@NAME@" ] || fail "can't unpack to $home" 1
              rm -rf "$part"
              : > "$home/whole"
            fi
            CREEK_PROPERTIES=${CREEK_PROPERTIES:-$([ -f "${self%.*}.properties" ] && echo "${self%.*}.properties")}
            if [ -n "$CREEK_PROPERTIES" ]; then export CREEK_PROPERTIES; else unset CREEK_PROPERTIES; fi
            exec "$home/@NAME@/start" "$@"
            """;
    private static final int WIDTH = 10;

    private final Path folder;

    private JavaImage(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, in place of one that an earlier run made.
     *
     * @param job the bytes of the packaged job
     */
    public static JavaImage make(Path folder, byte[] job) throws IOException, PackagingException, InterruptedException {
        if (Files.exists(folder) && !Files.isRegularFile(folder.resolve("start"))) {
            throw new PackagingException(folder + " is there and is no folder that this command has made: remove it, or choose another name by -o");
        }
        delete(folder);
        Files.createDirectory(folder);
        JavaImage image = new JavaImage(folder);
        image.fill(job);
        return image;
    }

    private void fill(byte[] job) throws IOException, PackagingException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"));
        Path jlink = home.resolve("bin/jlink");
        if (!Files.isExecutable(jlink) || !Files.isDirectory(home.resolve("jmods"))) {
            throw new PackagingException(home + " is no full JDK: there is no jlink or no folder jmods. Set JAVA_HOME to one that has them");
        }
        run(List.of(jlink.toString(), "--add-modules", MODULES, "--output", folder.resolve("java").toString(), "--strip-debug", "--no-header-files",
                "--no-man-pages"));
        // only used by those who ask for it: programs that serve other purposes
        try (Stream<Path> programs = Files.list(folder.resolve("java/bin"))) {
            for (Path program : programs.filter(each -> !each.getFileName().toString().equals("java")).toList()) {
                Files.delete(program);
            }
        }
        Path file = folder.resolve(name() + ".jar");
        executable(file, job);
        executable(folder.resolve("start"), START.replace("@NAME@", name()).getBytes(StandardCharsets.UTF_8));
        fixTimes();
        run(List.of(folder.resolve("start").toString(), "--warm-up"));
        fixTimes();
    }

    private String name() {
        return folder.getFileName().toString();
    }

    private static void executable(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        file.toFile().setExecutable(true, false);
    }

    private void fixTimes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                Files.setLastModifiedTime(file, FIXED_TIME);
            }
        }
    }

    /** Packs the folder into a {@code .tar.gz} beside it. */
    public Path pack() throws IOException, PackagingException, InterruptedException {
        Path file = folder.resolveSibling(name() + ".tar.gz");
        run(List.of("sh", "-c", "tar --sort=name --owner=0 --group=0 --numeric-owner -C \"$1\" -cf - \"$2\" | gzip -9n > \"$3\"", "sh",
                folder.getParent().toString(), name(), file.toString()));
        return file;
    }

    /** A shell script with the packed folder behind it. */
    public byte[] selfContained(Path archive) throws IOException {
        byte[] packed = Files.readAllBytes(archive);
        CRC32C digest = new CRC32C();
        digest.update(packed);
        String text = UNPACK.replace("@NAME@", name()).replace("@DIGEST@", String.format("%08x", digest.getValue()));
        int places = text.split("@LENGTH@@|@START@@", -1).length - 1;
        int start = text.getBytes(StandardCharsets.UTF_8).length + places * WIDTH - 2 * "@LENGTH@@".length() - "@START@@".length();
        String wide = "%-" + WIDTH + "d";
        String script = text.replace("@LENGTH@@", String.format(wide, start + packed.length)).replace("@START@@", String.format(wide, start + 1));
        ByteArrayOutputStream file = new ByteArrayOutputStream(start + packed.length);
        file.write(script.getBytes(StandardCharsets.UTF_8));
        file.write(packed);
        return file.toByteArray();
    }

    private static void run(List<String> command) throws IOException, PackagingException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().keySet().removeAll(Arrays.asList("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CREEK_OPTS", "LD_LIBRARY_PATH"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new PackagingException(command.get(0) + " failed: " + output.strip());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
