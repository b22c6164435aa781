package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a file has been read, and by what it is known again.
 *
 * @param file        as it was found before it was opened, under its name then
 * @param place       under what name, and as which file, it was found last
 * @param offset      place of the next record in its content
 * @param compressed  whether its content is decompressed, so that places in it are not places in the file
 * @param fingerprint of its bytes before the place; of its first ones only, where it is compressed
 */
record FilePosition(SourceFile file, SourceFile place, long offset, boolean compressed, Fingerprint fingerprint) {
    static FilePosition of(SourceFile file, SourceFile place, OpenFile open, long offset) throws IOException {
        Fingerprint fingerprint = open.isCompressed() ? Fingerprint.ofHead(open.file()) : Fingerprint.of(open.file(), offset);
        return new FilePosition(file, place, offset, open.isCompressed(), fingerprint);
    }

    /** @param base what the file's name is written relative to, so that a folder may be moved as a whole */
    void write(Path base, BinaryWriter output) {
        output.writeString(base.relativize(file.path()).toString());
        output.writeString(base.relativize(place.path()).toString());
        output.writeString(place.fileKey());
        output.writeLong(file.size());
        output.writeLong(file.modified());
        output.writeLong(offset);
        output.writeBoolean(compressed);
        fingerprint.write(output);
    }

    static FilePosition read(Path base, Path workingDirectory, BinaryReader input) throws PositionException {
        Path path = path(base, input.readString());
        Path placePath = path(base, input.readString());
        String key = input.readString();
        SourceFile file = SourceFile.of(path, workingDirectory, input.readLong(), input.readLong(), key);
        SourceFile place = SourceFile.of(placePath, workingDirectory, file.size(), file.modified(), key);
        FilePosition position = new FilePosition(file, place, input.readLong(), input.readBoolean(), Fingerprint.read(input));
        if (position.offset < 0) {
            throw Problems.damaged("offset " + position.offset);
        }
        return position;
    }

    private static Path path(Path base, String name) throws PositionException {
        try {
            Path path = base.resolve(name).normalize();
            if (path.startsWith(base)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // as one elsewhere
        }
        throw Problems.damaged("'" + name + "' is no path in " + base);
    }

    /**
     * The file as it is called now, or null if it is not among the candidates: the one of the same key; one with the same bytes under the same name,
     * for keys change when a folder is copied; or one with the same bytes under another name, for some rotate by copying.
     */
    SourceFile find(List<SourceFile> candidates) throws IOException {
        List<SourceFile> copies = new ArrayList<>();
        for (SourceFile candidate : candidates) {
            if (!candidate.fileKey().equals(place.fileKey())) {
                copies.add(candidate.path().equals(place.path()) ? 0 : copies.size(), candidate);
            } else if (isReadFurtherFrom(candidate)) {
                return candidate;
            }
        }
        for (SourceFile copy : copies) {
            if (isReadFurtherFrom(copy)) {
                return copy;
            }
        }
        return null;
    }

    private boolean isReadFurtherFrom(SourceFile candidate) throws IOException {
        if (compressed != SourceFile.isGzip(candidate.path()) || !compressed && candidate.size() < offset) {
            return false;
        }
        boolean isNamed = candidate.path().equals(place.path());
        if (offset == 0) {
            return isNamed || candidate.fileKey().equals(place.fileKey());
        }
        try (FileChannel channel = FileChannel.open(candidate.path())) {
            return fingerprint.matches(channel, offset);
        } catch (IOException e) {
            if (isNamed) {
                throw Problems.explain("can't read file " + candidate.name(), e);
            }
            // What may not be read, or has just gone, is no candidate.
            return false;
        }
    }

    /** Says that the file was not found, why, and what to do. */
    PositionException lost() {
        String what = "file " + place.name() + ", of which " + offset + " bytes were read, ";
        String why;
        try {
            why = !Files.exists(place.path()) ? "is not there any more, nor was it found under another name in " + place.path().getParent()
                    : !compressed && Files.size(place.path()) < offset ? "has only " + Files.size(place.path()) + " bytes now"
                    : "is another one now: its bytes before that place are not those that were read";
        } catch (IOException e) {
            why = "can't be looked at: " + Problems.reason(e);
        }
        return new PositionException(what + why + "; put it back, or go on without the rest of it by '"
                + FileSystemOptions.MISSING_FILE.key() + "' = 'skip'");
    }
}
