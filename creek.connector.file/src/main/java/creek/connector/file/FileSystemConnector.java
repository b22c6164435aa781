package creek.connector.file;

import static creek.connector.file.FileSystemOptions.FOLLOW;
import static creek.connector.file.FileSystemOptions.MAX_RECORD_SIZE;
import static creek.connector.file.FileSystemOptions.MONITOR_INTERVAL;
import static creek.connector.file.FileSystemOptions.PATH;
import static creek.connector.file.FileSystemOptions.PATH_REGEX;

import creek.core.connector.Connector;
import creek.core.connector.LookupAbility;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Tables in files: reads a file, a directory or a glob, or follows a growing file; writes part files into a directory. */
@Component(property = Connector.NAME + "=filesystem")
@Capability(namespace = Connector.NAME, name = "filesystem")
public final class FileSystemConnector implements Connector {
    private static final long LARGEST_RECORD = 1 << 30;

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return FileSystemOptions.ALL;
    }

    @Override
    public Map<String, DataType> metadata() {
        return FileMetadata.TYPES;
    }

    @Override
    public boolean readsPartitions() {
        return true;
    }

    @Override
    public void validate(Options options, Schema schema) {
        regex(options);
        if (options.get(FOLLOW)) {
            refuseWithFollow(options, MONITOR_INTERVAL);
            refuseWithFollow(options, PATH_REGEX);
        }
        options.find(MONITOR_INTERVAL).ifPresent(interval -> {
            if (interval.toMillis() < 1) {
                throw new OptionException(MONITOR_INTERVAL.key(), "option '" + MONITOR_INTERVAL.key() + "' must be at least 1 ms");
            }
        });
        long largest = options.get(MAX_RECORD_SIZE).bytes();
        if (largest < 1 || largest > LARGEST_RECORD) {
            throw new OptionException(MAX_RECORD_SIZE.key(), "option '" + MAX_RECORD_SIZE.key() + "' must be from 1 byte to 1 gb");
        }
    }

    private static void refuseWithFollow(Options options, ConfigOption<?> other) {
        if (options.contains(other.key())) {
            throw new OptionException(other.key(), "option '" + other.key() + "' can't go with '" + FOLLOW.key()
                    + "', which reads the one file that 'path' names");
        }
    }

    private static Pattern regex(Options options) {
        String text = options.get(PATH_REGEX);
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new OptionException(PATH_REGEX.key(),
                    "option '" + PATH_REGEX.key() + "': '" + text + "' is not a regular expression: " + e.getDescription());
        }
    }

    @Override
    public boolean isBounded(Options options) {
        return !options.get(FOLLOW) && !options.contains(MONITOR_INTERVAL.key());
    }

    /** Several can share the files that are there; one watches for those to come. */
    @Override
    public boolean isSplittable(Options options) {
        return isBounded(options);
    }

    @Override
    public boolean takesSeveralWriters(Options options) {
        return true;
    }

    @Override
    public LookupAbility lookup() {
        return LookupAbility.WHOLE;
    }

    /** Names, sizes and times of the files. */
    @Override
    public Optional<String> contentVersion(SourceContext context) {
        try {
            Options options = context.options();
            List<SourceFile> files = new FileListing(options.get(PATH), regex(options), context.workingDirectory()).list();
            return files.isEmpty() ? Optional.empty() : Optional.of(files.toString());
        } catch (IOException | OptionException e) {
            // between the removal of a file and the arrival of the next, say
            return Optional.empty();
        }
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        Options options = context.options();
        Supplier<RecordCutter> cutters = () -> new RecordCutter(context.framing(), options.get(MAX_RECORD_SIZE).bytes());
        if (options.get(FOLLOW)) {
            return new FollowingReader(context, followedFile(options.get(PATH), context.workingDirectory()), cutters.get());
        }
        FileListing listing = new FileListing(options.get(PATH), regex(options), context.workingDirectory());
        Supplier<FileSystemReader> wholes = () -> new FileSystemReader(context, listing, options.get(MONITOR_INTERVAL), cutters);
        if (!isSplittable(options)) {
            return wholes.get();
        }
        Supplier<StripedReader> striped = () -> new StripedReader(context, listing, cutters.get(), wholes, StripedReader.STRIPE_SIZE);
        return context.parallelism() > 1 ? striped.get() : new BoundedReader(wholes.get(), striped);
    }

    private static Path followedFile(String path, Path workingDirectory) {
        Path file = LocalPath.resolve(path, workingDirectory);
        if (Files.isDirectory(file)) {
            throw new OptionException(PATH.key(), "'path': " + file + " is a directory; '" + FOLLOW.key() + "' needs the path of one file");
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new OptionException(PATH.key(), "'path': there is no directory " + file.getParent() + " for the file to appear in");
        }
        if (SourceFile.isGzip(file)) {
            throw new OptionException(PATH.key(), "'path': " + file + " is compressed and can't be followed");
        }
        return file;
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new FileSystemWriter(context);
    }
}
