package creek.connector.file;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import creek.core.format.Framing;
import java.io.IOException;
import java.util.List;

/** One of several readers that share files: reads every so many {@linkplain Stripe stripes} of them. */
final class StripedReader implements SourceReader {
    static final long STRIPE_SIZE = 4 << 20;
    /** How much is read at once beyond a stripe's end, where its last record ends. */
    private static final int BEYOND = 4 << 10;

    private final FileListing listing;
    private final RecordCutter cutter;
    private final FileMetadata metadata;
    private final long stripeSize;
    private final int share;
    private final int shares;

    private List<Stripe> stripes = List.of();
    private int next;
    /** What is being read, or null. */
    private Stripe stripe;
    /** The file of the stripe read last, as long as it is open. */
    private SourceFile file;
    private OpenFile open;
    /** The record that began in the stripe before is to be left out. */
    private boolean skipping;

    /** @param stripeSize of files that can be cut at any line */
    StripedReader(SourceContext context, FileListing listing, RecordCutter cutter, long stripeSize) {
        this.listing = listing;
        this.cutter = cutter;
        this.stripeSize = context.framing() == Framing.LINES ? stripeSize : 0;
        share = context.subtask();
        shares = context.parallelism();
        metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws IOException {
        List<SourceFile> files = listing.list();
        if (files.isEmpty() && listing.mustMatch()) {
            throw new IOException("'path': no file matches '" + listing + "'");
        }
        stripes = Stripe.share(files, stripeSize, share, shares);
    }

    @Override
    public boolean isEmpty() {
        return stripes.isEmpty();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (stripe == null && !begin(output)) {
            return ReadStatus.END_OF_INPUT;
        }
        if (skipping) {
            skipping = !cutter.skipRecord() && fill() >= 0;
        } else if (cutter.drain(output)) {
            if (cutter.nextOffset() >= stripe.to()) {
                stripe = null;
            } else if (fill() < 0) {
                cutter.drainLast(output);
                stripe = null;
            }
        }
        return ReadStatus.MORE;
    }

    /** Begins the next stripe; whether there was one. */
    private boolean begin(RecordOutput output) throws IOException {
        Stripe following = next < stripes.size() ? stripes.get(next++) : null;
        if (file != null && (following == null || !following.file().equals(file))) {
            output.endSplit(file.path().toString());
            close();
        }
        if (following == null) {
            return false;
        }
        if (file == null) {
            file = following.file();
            open = file.open();
            metadata.set(file);
            output.beginSplit(file.path().toString());
        }
        stripe = following;
        // a record begins behind the end of another, which may be the last byte before the stripe
        skipping = stripe.from() > 0;
        long from = skipping ? stripe.from() - 1 : 0;
        if (skipping) {
            open.file().position(from);
        }
        cutter.begin(from);
        cutter.setLimit(stripe.to());
        return true;
    }

    private int fill() throws IOException {
        try {
            long left = Math.max(stripe.to() - cutter.position(), 0);
            return cutter.fill(open.content(), Math.max(left, BEYOND));
        } catch (IOException e) {
            throw Problems.explain("can't read file " + file.name(), e);
        }
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        metadata.read(key, row, column);
    }

    @Override
    public String location() {
        return file == null || !cutter.isDelimited() ? currentLocation() : file.locate(cutter.recordOffset());
    }

    @Override
    public String currentLocation() {
        return file == null ? "before the first file" : "file " + file.name() + ", offset " + cutter.recordOffset();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
            file = null;
        }
    }
}
