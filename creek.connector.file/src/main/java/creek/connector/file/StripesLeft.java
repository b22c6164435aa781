package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stripes that a reader has left, as a position: for each file the runs of their numbers, each with a distance, and where those that have been begun
 * go on. The file that comes first stands last, so that what has been read takes nothing but the end away.
 */
final class StripesLeft {
    private final FileListing listing;

    StripesLeft(FileListing listing) {
        this.listing = listing;
    }

    /** @param stripes all of the same size */
    void write(List<Stripe> stripes, BinaryWriter output) {
        output.writeLong(stripes.isEmpty() ? 0 : stripes.get(0).size());
        List<List<Stripe>> byFile = byFile(stripes);
        output.writeInt(byFile.size());
        for (int i = byFile.size() - 1; i >= 0; i--) {
            List<Stripe> ofFile = byFile.get(i);
            SourceFile file = ofFile.get(0).file();
            output.writeLong(listing.hash(file.path()));
            output.writeLong(file.size());
            writeRuns(ofFile, output);
            List<Stripe> begun = ofFile.stream().filter(Stripe::isBegun).toList();
            output.writeVarInt(begun.size());
            for (Stripe each : begun) {
                output.writeVarInt(each.number());
                output.writeLong(each.resumeAt());
            }
        }
    }

    private static List<List<Stripe>> byFile(List<Stripe> stripes) {
        List<List<Stripe>> byFile = new ArrayList<>();
        for (int i = 0; i < stripes.size(); i++) {
            if (i == 0 || !stripes.get(i).file().equals(stripes.get(i - 1).file())) {
                byFile.add(new ArrayList<>());
            }
            byFile.get(byFile.size() - 1).add(stripes.get(i));
        }
        return byFile;
    }

    private static void writeRuns(List<Stripe> stripes, BinaryWriter output) {
        List<int[]> runs = new ArrayList<>();
        for (Stripe stripe : stripes) {
            int[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            int distance = last == null ? 0 : stripe.number() - (last[0] + last[1] * (last[2] - 1));
            if (last == null || last[2] > 1 && distance != last[1]) {
                runs.add(new int[] {stripe.number(), 1, 1});
            } else {
                last[1] = distance;
                last[2]++;
            }
        }
        output.writeVarInt(runs.size());
        for (int[] run : runs) {
            for (int part : run) {
                output.writeVarInt(part);
            }
        }
    }

    /**
     * Reads positions that were written so.
     *
     * @return the stripes of all of them, in the order of the files and of their places there
     * @throws PositionException if a file is not there any more
     */
    List<Stripe> read(List<BinaryReader> positions) throws IOException {
        List<SourceFile> files = listing.list();
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            places.put(listing.hash(files.get(i).path()), i);
        }
        List<List<Stripe>> found = new ArrayList<>(Collections.nCopies(files.size(), List.of()));
        try {
            for (BinaryReader position : positions) {
                long size = position.readLong();
                for (int left = position.readInt(); left > 0; left--) {
                    Integer place = places.get(position.readLong());
                    long length = position.readLong();
                    if (place == null || files.get(place).size() < length) {
                        throw new PositionException("a file of '" + listing + "' that was being read is not there any more, or has become shorter");
                    }
                    SourceFile now = files.get(place);
                    // what has been added since belongs to the last stripe
                    List<Stripe> all = Stripe.of(new SourceFile(now.path(), now.name(), length, now.modified(), now.fileKey()), size);
                    List<Stripe> together = new ArrayList<>(found.get(place));
                    together.addAll(readFile(all, position));
                    together.sort((a, b) -> Integer.compare(a.number(), b.number()));
                    found.set(place, together);
                }
            }
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw Problems.damaged(e.getMessage());
        }
        return found.stream().flatMap(List::stream).toList();
    }

    private static List<Stripe> readFile(List<Stripe> all, BinaryReader position) {
        List<Stripe> stripes = new ArrayList<>();
        for (int runs = position.readVarInt(); runs > 0; runs--) {
            int first = position.readVarInt();
            int distance = position.readVarInt();
            int count = position.readVarInt();
            for (int i = 0; i < count; i++) {
                stripes.add(all.get(Math.addExact(first, Math.multiplyExact(i, distance))));
            }
        }
        for (int begun = position.readVarInt(); begun > 0; begun--) {
            int number = position.readVarInt();
            long offset = position.readLong();
            stripes.replaceAll(each -> each.number() == number ? each.resumedAt(offset) : each);
        }
        return stripes;
    }
}
