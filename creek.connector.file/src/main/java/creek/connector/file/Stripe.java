package creek.connector.file;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a file that one of several readers reads: the records that begin in it.
 *
 * @param file of the table
 * @param from where it begins
 * @param to   where the next one begins; the largest number for the last one of a file
 */
record Stripe(SourceFile file, long from, long to) {
    static final long TO_THE_END = Long.MAX_VALUE;

    /**
     * A reader's share of files: the readers take turns with the stripes of all files, so that at any time they are about as far in each as the others, and
     * none of them makes windows wait for long.
     *
     * @param size   of a stripe; 0 if files are to be read as a whole
     * @param share  the reader's number
     * @param shares how many readers there are
     */
    static List<Stripe> share(List<SourceFile> files, long size, int share, int shares) {
        List<Stripe> stripes = new ArrayList<>();
        long number = 0;
        for (SourceFile file : files) {
            long pieces = size == 0 || SourceFile.isGzip(file.path()) ? 1 : Math.max(1, (file.size() + size - 1) / size);
            for (long piece = 0; piece < pieces; piece++) {
                if (number++ % shares == share) {
                    stripes.add(new Stripe(file, piece * size, piece == pieces - 1 ? TO_THE_END : (piece + 1) * size));
                }
            }
        }
        return stripes;
    }
}
