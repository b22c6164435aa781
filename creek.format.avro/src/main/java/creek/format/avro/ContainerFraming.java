package creek.format.avro;

import creek.core.format.Framing;

/** Cuts a container file into its header and its blocks, each a record. What is malformed is one record to the end, for the decoder to refuse. */
final class ContainerFraming implements Framing {
    static final int SYNC_SIZE = 16;
    static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int LONGEST_NUMBER = 10;

    @Override
    public boolean isDelimited() {
        return false;
    }

    @Override
    public boolean hasHeader() {
        return true;
    }

    @Override
    public int findEnd(byte[] bytes, int from, int to) {
        if (from == to) {
            return -1;
        }
        Scan scan = new Scan(bytes, from, to);
        // No block starts so: as a number of rows it would be negative.
        if (bytes[from] == MAGIC[0]) {
            scan.skip(MAGIC.length);
            scan.skipMap();
        } else {
            scan.readNumber();
            scan.skip(scan.readNumber());
        }
        scan.skip(SYNC_SIZE);
        return scan.malformed ? to : scan.incomplete ? -1 : (int) scan.place;
    }

    /** A place that runs ahead; once something is malformed or missing, nothing more happens. */
    private static final class Scan {
        private final byte[] bytes;
        private final int to;
        private long place;
        private boolean incomplete;
        private boolean malformed;

        Scan(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.to = to;
            place = from;
        }

        private boolean stopped() {
            return incomplete || malformed;
        }

        long readNumber() {
            long value = 0;
            for (int i = 0; i < LONGEST_NUMBER && !stopped(); i++) {
                if (place >= to) {
                    incomplete = true;
                    return 0;
                }
                byte next = bytes[(int) place++];
                value |= (next & 0x7FL) << 7 * i;
                if (next >= 0) {
                    return value >>> 1 ^ -(value & 1);
                }
            }
            malformed |= !incomplete;
            return 0;
        }

        void skip(long count) {
            malformed |= count < 0;
            // The longest file that could be cut has 2 GB.
            incomplete |= count > to - place;
            if (!stopped()) {
                place += count;
            }
        }

        void skipMap() {
            for (long count = readNumber(); count != 0 && !stopped(); count = readNumber()) {
                if (count < 0) {
                    skip(readNumber());
                    continue;
                }
                for (long i = 0; i < count && !stopped(); i++) {
                    skip(readNumber());
                    skip(readNumber());
                }
            }
        }
    }
}
