package creek.connector.file;

import creek.core.data.BinaryReader;
import creek.core.option.OptionException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files that a path stands for: one file, all files below a directory, or those that a glob matches. Names that start with {@code .} or
 * {@code _} are hidden, as in Flink, the path's own aside. The order is that of modification, then of the path, so that records come roughly
 * in the order in which they were written.
 */
final class FileListing {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
    private static final Comparator<SourceFile> ORDER =
            Comparator.comparingLong(SourceFile::modified).thenComparing(file -> file.path().toString());

    private final String path;
    private final Path base;
    private final Path namesBase;
    private final int depth;
    private final PathMatcher glob;
    private final Pattern regex;
    private final Path workingDirectory;

    /**
     * @param path  the option's text
     * @param regex what absolute paths must match, or null
     */
    FileListing(String path, Pattern regex, Path workingDirectory) {
        this.path = path;
        this.regex = regex;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        Path named = LocalPath.resolve(path, this.workingDirectory);
        if (Files.exists(named) || !GLOB.matcher(path).find()) {
            base = named;
            glob = null;
            depth = Integer.MAX_VALUE;
        } else {
            base = fixedPart(named);
            Path pattern = base.relativize(named);
            glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            depth = path.contains("**") ? Integer.MAX_VALUE : pattern.getNameCount();
        }
        if (!Files.exists(base)) {
            throw new OptionException("path", "'path': there is no file or directory " + base);
        }
        if (!Files.isDirectory(base) && !Files.isRegularFile(base)) {
            throw new OptionException("path", "'path': " + base + " is neither a file nor a directory; connector 'stdin' reads pipes");
        }
        namesBase = Files.isDirectory(base) ? base : base.getParent();
    }

    /** The directory above the first name with a wildcard; wildcards in the working directory's own path are none. */
    private Path fixedPart(Path named) {
        Path start = named.startsWith(workingDirectory) ? workingDirectory : named.getRoot();
        Path fixed = start;
        for (Path name : start.relativize(named)) {
            if (GLOB.matcher(name.toString()).find()) {
                break;
            }
            fixed = fixed.resolve(name);
        }
        return fixed;
    }

    /** Whether it is a mistake that there is no file at all. */
    boolean mustMatch() {
        return glob != null;
    }

    /** What names of files are relative to in positions. */
    Path base() {
        return namesBase;
    }

    /** By what a file's name is known in positions. */
    long hash(Path file) {
        return PathSet.hash(namesBase.relativize(file).toString());
    }

    FilePosition readPosition(BinaryReader position) throws IOException {
        return FilePosition.read(namesBase, workingDirectory, position);
    }

    /** The file of that name, if there is one. */
    Optional<SourceFile> find(Path file) throws IOException {
        return SourceFile.find(file, workingDirectory);
    }

    /** The files beside one, whether they are wanted or not. */
    List<SourceFile> siblings(Path file) throws IOException {
        return SourceFile.siblings(file, workingDirectory);
    }

    /** The files that are there now. */
    List<SourceFile> list() throws IOException {
        List<SourceFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(found));
        } catch (IOException e) {
            throw Problems.explain("can't list '" + path + "'", e);
        }
        found.sort(ORDER);
        return found;
    }

    @Override
    public String toString() {
        return path;
    }

    private boolean isHidden(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return !file.equals(base) && (name.startsWith(".") || name.startsWith("_"));
    }

    private boolean isWanted(Path file) {
        return !isHidden(file) && (glob == null || glob.matches(base.relativize(file)))
                && (regex == null || regex.matcher(file.toString()).matches());
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final List<SourceFile> found;

        Visitor(List<SourceFile> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isWanted(file)) {
                found.add(SourceFile.of(file, workingDirectory, attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException && !file.equals(base)) {
                // gone since the directory was read, or a link to nowhere
                return FileVisitResult.CONTINUE;
            }
            throw Problems.explain(file.toString(), problem);
        }
    }
}
