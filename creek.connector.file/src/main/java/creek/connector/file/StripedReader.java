package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.Framing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** One of several readers that share files: reads every so many {@linkplain Stripe stripes} of them. */
final class StripedReader implements SourceReader {
    static final long STRIPE_SIZE = 1 << 20;
    /** The form of its positions; not that of a reader that reads everything. */
    static final int VERSION = 2;
    /** How much is read at once beyond a stripe's end, where its last record ends. */
    private static final int BEYOND = 4 << 10;

    /** What readers that share files have in common. Thread-safe. */
    private static final class Shared {
        final Pace pace;
        private List<Stripe> stripes;

        Shared(int readers) {
            pace = new Pace(readers);
        }

        /** What is to be shared out, which the first that asks finds; nobody asks if each goes on from a position of its own. */
        synchronized List<Stripe> stripes(Callable<List<Stripe>> all) throws Exception {
            if (stripes == null) {
                stripes = all.call();
            }
            return stripes;
        }
    }

    private final SourceContext context;
    private final FileListing listing;
    private final RecordCutter cutter;
    private final FileMetadata metadata;
    private final Supplier<FileSystemReader> wholes;
    private final StripesLeft form;
    private final long stripeSize;
    private final int share;
    private final int shares;

    private boolean restored;
    /** That of all readers; null until there is something to read. */
    private Pace pace;
    private List<Stripe> stripes = List.of();
    private int next;
    /** What is being read, or null. */
    private Stripe stripe;
    /** The file of the stripe read last, as long as it is open. */
    private SourceFile file;
    private OpenFile open;
    /** The record that began in the stripe before is to be left out. */
    private boolean skipping;
    /** What comes before this place was handed out before a restart, and is to be passed over; 0 for nothing. */
    private long passedOver;

    /**
     * @param wholes     makes readers that read everything, to understand their positions
     * @param stripeSize of files that can be cut at any line
     */
    StripedReader(SourceContext context, FileListing listing, RecordCutter cutter, Supplier<FileSystemReader> wholes, long stripeSize) {
        this.context = context;
        this.listing = listing;
        this.cutter = cutter;
        this.wholes = wholes;
        this.stripeSize = context.framing() == Framing.LINES ? stripeSize : 0;
        form = new StripesLeft(listing);
        share = context.subtask();
        shares = context.parallelism();
        metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws Exception {
        if (!restored) {
            // files come and grow: readers that looked for themselves would take different stripes for theirs
            takeShare(this::allStripes);
        }
    }

    private void takeShare(Callable<List<Stripe>> all) throws Exception {
        stripes = Stripe.share(join().stripes(all), share, shares);
    }

    private Shared join() throws Exception {
        Shared shared = context.common(() -> new Shared(shares));
        pace = shared.pace;
        return shared;
    }

    private List<Stripe> allStripes() throws IOException {
        List<Stripe> all = new ArrayList<>();
        for (SourceFile each : listing.list()) {
            all.addAll(Stripe.of(each, stripeSize));
        }
        if (all.isEmpty() && listing.mustMatch()) {
            throw new IOException("'path': no file matches '" + listing + "'");
        }
        return all;
    }

    @Override
    public boolean isEmpty() {
        return stripes.isEmpty();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (stripe == null && waitsForOthers()) {
            return ReadStatus.NOTHING_NOW;
        }
        if (stripe == null && !begin(output)) {
            return ReadStatus.END_OF_INPUT;
        }
        if (passedOver > 0) {
            passOver(output);
        } else if (!skipping || skip()) {
            drain(output);
        }
        return ReadStatus.MORE;
    }

    /** Leaves out the record that began in the stripe before; whether its end has been read. */
    private boolean skip() throws IOException {
        skipping = !cutter.skipRecord() && fill() >= 0 && !cutter.skipRecord();
        return !skipping;
    }

    /** Hands out a buffer's records, or as many as there is room for: the turns of the loop are to be few. */
    private void drain(RecordOutput output) throws Exception {
        if (!cutter.drain(output)) {
            return;
        }
        boolean isLast = cutter.nextOffset() < stripe.to() && fill() < 0;
        if (isLast) {
            cutter.drainLast(output);
        } else {
            cutter.drain(output);
        }
        if (isLast || cutter.nextOffset() >= stripe.to()) {
            stripe = null;
        }
    }

    /** Whether the next stripe is better begun when other readers have come nearer. */
    private boolean waitsForOthers() {
        return next < stripes.size() && !pace.begin(share, stripes.get(next), context.clock().millis(), context::wakeUp);
    }

    /** Begins the next stripe; whether there was one. */
    private boolean begin(RecordOutput output) throws IOException {
        Stripe following = next < stripes.size() ? stripes.get(next++) : null;
        if (file != null && (following == null || !following.file().equals(file))) {
            output.endSplit(file.path().toString());
            closeFile();
        }
        if (following == null) {
            pace.end(share);
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
        skipping = stripe.from() > 0 && !stripe.isBegun();
        long from = stripe.isBegun() ? stripe.resumeAt() : skipping ? stripe.from() - 1 : 0;
        if (open.isCompressed() || cutter.hasHeader()) {
            cutter.begin();
            passedOver = from;
        } else {
            open.file().position(from);
            cutter.begin(from);
        }
        cutter.setLimit(stripe.to());
        return true;
    }

    /** A step towards the place to go on from in a file that can't be read from there: its header is needed, or what it decompresses to. */
    private void passOver(RecordOutput output) throws Exception {
        if (cutter.hasHeader() && cutter.recordCount() == 0) {
            if (!cutter.drainFirst(output) && fill() < 0) {
                passedOver = 0;
            }
        } else if (cutter.skipTo(passedOver, open.content()) == 0) {
            passedOver = 0;
        }
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public int positionVersion() {
        return VERSION;
    }

    /** Also that of the one reader of a job that was not parallel. */
    @Override
    public boolean acceptsPosition(int version) {
        return version == VERSION || version == FileSystemReader.VERSION;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        List<Stripe> left = stripes.subList(next, stripes.size());
        if (stripe != null) {
            left = new ArrayList<>(left);
            left.add(0, skipping ? stripe : stripe.resumedAt(passedOver > 0 ? passedOver : cutter.nextOffset()));
        }
        form.write(left, output);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws Exception {
        if (version != VERSION) {
            throw new PositionException("positions of form " + version + " are not known, only " + VERSION);
        }
        stripes = form.read(List.of(position));
        join();
        restored = true;
    }

    @Override
    public void restorePositions(int version, List<BinaryReader> positions) throws Exception {
        takeShare(() -> allLeft(version, positions));
        restored = true;
    }

    private List<Stripe> allLeft(int version, List<BinaryReader> positions) throws Exception {
        if (version == VERSION) {
            return form.read(positions);
        }
        List<Stripe> all = new ArrayList<>();
        for (BinaryReader position : positions) {
            try (FileSystemReader whole = wholes.get()) {
                whole.restorePosition(version, position);
                all.addAll(whole.left(stripeSize));
            }
        }
        return all;
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
        if (pace != null) {
            pace.end(share);
        }
        closeFile();
    }

    private void closeFile() throws IOException {
        if (open != null) {
            open.close();
            open = null;
            file = null;
        }
    }
}
