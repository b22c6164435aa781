package creek.connector.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file as it was found.
 *
 * @param path         absolute
 * @param name         the path as people know it: relative where it lies below the working directory
 * @param modified     epoch milliseconds
 * @param fileKey      what stays the same when the file is renamed
 */
record SourceFile(Path path, String name, long size, long modified, String fileKey) {
    private static final int BUFFER_SIZE = 64 << 10;

    static SourceFile of(Path path, Path workingDirectory, BasicFileAttributes attributes) {
        // File systems without keys tell a new file from an old one by its birth.
        Object key = attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        return of(path, workingDirectory, attributes.size(), attributes.lastModifiedTime().toMillis(), key.toString());
    }

    static SourceFile of(Path path, Path workingDirectory, long size, long modified, String fileKey) {
        Path shown = path.startsWith(workingDirectory) ? workingDirectory.relativize(path) : path;
        return new SourceFile(path, shown.toString(), size, modified, fileKey);
    }

    /** The file of that name, if there is one. */
    static Optional<SourceFile> find(Path path, Path workingDirectory) throws IOException {
        try {
            return Optional.of(of(path, workingDirectory, Files.readAttributes(path, BasicFileAttributes.class)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Problems.explain("can't read file " + path, e);
        }
    }

    /** The regular files beside one, itself included; none if their directory has gone. */
    static List<SourceFile> siblings(Path path, Path workingDirectory) throws IOException {
        List<SourceFile> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(path.getParent())) {
            for (Path sibling : paths) {
                find(sibling, workingDirectory).filter(file -> Files.isRegularFile(sibling)).ifPresent(found::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    static boolean isGzip(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") || name.endsWith(".gzip");
    }

    /** Opens the file; its content is decompressed where its name says so. */
    OpenFile open() throws IOException {
        try {
            return OpenFile.of(path);
        } catch (IOException e) {
            throw Problems.explain("can't read file " + name, e);
        }
    }

    /** Where a record stands, for messages; the line is counted by reading the file once more. */
    String locate(long offset) {
        try (OpenFile opened = open()) {
            return locate(opened.content(), offset);
        } catch (IOException e) {
            return "file " + name + ", offset " + offset;
        }
    }

    /** The same from the content itself, from its start, where the name may mean another file by now. */
    String locate(ReadableByteChannel content, long offset) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(content), BUFFER_SIZE);
        long line = 1;
        for (long i = 0; i < offset; i++) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            line += next == '\n' ? 1 : 0;
        }
        return "file " + name + ", line " + line + ", offset " + offset;
    }
}
