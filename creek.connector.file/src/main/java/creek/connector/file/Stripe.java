package creek.connector.file;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a file that one of several readers reads: the records that begin in it.
 *
 * @param file     of the table
 * @param number   of the piece in the file
 * @param size     of the file's pieces, but for the last one; 0 if the file is read as a whole
 * @param to       where the next one begins; the largest number for the last one of a file
 * @param resumeAt where its next record begins, if it has been begun, otherwise a negative number
 */
record Stripe(SourceFile file, int number, long size, long to, long resumeAt) {
    private static final long TO_THE_END = Long.MAX_VALUE;
    private static final long AT_START = -1;

    /**
     * All pieces of a file.
     *
     * @param size of a stripe; 0 if files are to be read as a whole
     */
    static List<Stripe> of(SourceFile file, long size) {
        int pieces = size == 0 || SourceFile.isGzip(file.path()) ? 1 : (int) Math.max(1, (file.size() + size - 1) / size);
        List<Stripe> stripes = new ArrayList<>(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            stripes.add(new Stripe(file, piece, size, piece == pieces - 1 ? TO_THE_END : (piece + 1) * size, AT_START));
        }
        return stripes;
    }

    /** The pieces of a file of which everything before a place has been read. */
    static List<Stripe> behind(long offset, SourceFile file, long size) {
        List<Stripe> all = of(file, size);
        int first = 0;
        while (all.get(first).to <= offset) {
            first++;
        }
        List<Stripe> rest = new ArrayList<>(all.subList(first, all.size()));
        rest.set(0, rest.get(0).resumedAt(offset));
        return rest;
    }

    /**
     * A reader's share of stripes: the readers take turns, so that at any time they are about as far in each file as the others, and none of them makes
     * windows wait for long.
     *
     * @param share  the reader's number
     * @param shares how many readers there are
     */
    static List<Stripe> share(List<Stripe> all, int share, int shares) {
        List<Stripe> stripes = new ArrayList<>();
        for (int i = share; i < all.size(); i += shares) {
            stripes.add(all.get(i));
        }
        return stripes;
    }

    /** Where it begins. */
    long from() {
        return number * size;
    }

    boolean isBegun() {
        return resumeAt >= 0;
    }

    Stripe resumedAt(long offset) {
        return new Stripe(file, number, size, to, offset);
    }
}
