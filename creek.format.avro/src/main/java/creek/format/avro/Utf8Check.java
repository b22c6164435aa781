package creek.format.avro;

/** Tells UTF-8 from other bytes, as Unicode defines it: shortest forms, no surrogates. */
final class Utf8Check {
    private Utf8Check() {
    }

    static boolean isValid(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to) {
            int first = bytes[p];
            if (first >= 0) {
                p++;
                continue;
            }
            int more = first >= (byte) 0xC2 && first <= (byte) 0xDF ? 1 : first >= (byte) 0xE0 && first <= (byte) 0xEF ? 2
                    : first >= (byte) 0xF0 && first <= (byte) 0xF4 ? 3 : 0;
            if (more == 0 || more >= to - p || !isSecond(first & 0xFF, bytes[p + 1] & 0xFF)) {
                return false;
            }
            for (int i = 2; i <= more; i++) {
                if ((bytes[p + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            p += more + 1;
        }
        return true;
    }

    private static boolean isSecond(int first, int second) {
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }
}
