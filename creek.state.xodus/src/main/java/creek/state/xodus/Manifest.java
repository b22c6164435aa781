package creek.state.xodus;

import creek.core.state.DamagedStateException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import jetbrains.exodus.log.LogUtil;

/**
 * What a complete checkpoint consists of: the log up to an end, and how many files with which sums that is. As long for a thousand files as for one,
 * since the sums of sealed files are added up to one number; which of them is damaged, the file itself tells.
 *
 * @param number   of the checkpoint, 0 for a new store
 * @param fileSize of Xodus's files without what they are sealed with
 * @param end      the address behind the last byte of the log
 * @param last     the sum of the file that is still being written, up to the end
 * @param count    how many sealed files there are
 * @param places   the sum of their addresses, which names a file if one is missing
 * @param sums     all sealed files' addresses and sums, mixed and added
 * @param garbage  addresses of files that are no part of this checkpoint, but of the one before
 */
record Manifest(long number, int fileSize, long end, int last, int count, long places, long sums, List<Long> garbage) {
    private static final long MAGIC = 0x435245454B584433L; // CREEKXD3
    /** CREEKXD1; the tree's keys were not halved then, and up to CREEKXD2 keys had other key groups. */
    private static final long FIRST_MAGIC = 0x435245454B584431L;
    private static final int FIXED = 6 * Long.BYTES + 5 * Integer.BYTES;

    static Manifest empty(int fileSize) {
        return new Manifest(0, fileSize, 0, 0, 0, 0, 0, List.of());
    }

    static Manifest of(long number, int fileSize, long end, Collection<LogFile> files, List<Long> garbage) {
        int last = 0;
        int count = 0;
        long places = 0;
        long sums = 0;
        for (LogFile file : files) {
            if (file.getAddress() + fileSize <= end) {
                count++;
                places += file.getAddress();
                sums += mix(file.getAddress() ^ (long) file.sum() << 32);
            } else {
                last = file.sum();
            }
        }
        return new Manifest(number, fileSize, end, last, count, places, sums, garbage);
    }

    /** Spreads a change of one bit over all bits. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }

    /** Compares files that are sound in themselves with what this manifest says. */
    void check(Path folder, Collection<LogFile> files) throws DamagedStateException {
        Manifest found = of(number, fileSize, end, files, garbage);
        boolean lastMissing = end % fileSize != 0 && files.stream().noneMatch(file -> file.getAddress() + fileSize > end);
        if (lastMissing) {
            throw new DamagedStateException(folder.resolve(LogUtil.getLogFilename(end - end % fileSize)) + " is missing");
        }
        if (found.count == count - 1) {
            throw new DamagedStateException(folder.resolve(LogUtil.getLogFilename(places - found.places)) + " is missing");
        }
        if (found.count != count) {
            throw new DamagedStateException(folder + " has " + found.count + " full log files; checkpoint " + number + " has " + count);
        }
        if (found.last != last) {
            throw new DamagedStateException(folder.resolve(LogUtil.getLogFilename(end - end % fileSize)) + " was changed");
        }
        if (found.places != places || found.sums != sums) {
            throw new DamagedStateException(folder + " has other log files than those of checkpoint " + number);
        }
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(FIXED + garbage.size() * Long.BYTES);
        out.putLong(MAGIC).putInt(fileSize).putLong(number).putLong(end).putInt(last).putInt(count).putLong(places).putLong(sums);
        out.putInt(garbage.size());
        garbage.forEach(out::putLong);
        CRC32C sum = new CRC32C();
        sum.update(out.array(), 0, out.position());
        return out.putInt((int) sum.getValue()).array();
    }

    /**
     * The manifest in bytes that may go on behind it, or null if there is none.
     *
     * @throws DamagedStateException if it is that of a store whose form is not read any more: snapshots of it are
     */
    static Manifest read(byte[] bytes) throws DamagedStateException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            long magic = in.getLong();
            if (magic >= FIRST_MAGIC && magic < MAGIC) {
                throw new DamagedStateException("the store is of an earlier form, which this version of the backend does not read");
            }
            if (magic != MAGIC) {
                return null;
            }
            int fileSize = in.getInt();
            long number = in.getLong();
            long end = in.getLong();
            int last = in.getInt();
            int count = in.getInt();
            long places = in.getLong();
            long sums = in.getLong();
            List<Long> garbage = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                garbage.add(in.getLong());
            }
            CRC32C sum = new CRC32C();
            sum.update(bytes, 0, in.position());
            return in.getInt() == (int) sum.getValue() ? new Manifest(number, fileSize, end, last, count, places, sums, garbage) : null;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }
}
