package creek.connector.datagen;

import java.util.random.RandomGenerator;

/** Random numbers whose further ones follow from a state of eight bytes, by the function of SplittableRandom. On the job's thread only. */
final class ResumableRandom implements RandomGenerator {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    ResumableRandom(long state) {
        this.state = state;
    }

    /** What another one that goes on from here begins with. */
    long state() {
        return state;
    }

    void setState(long newState) {
        state = newState;
    }

    @Override
    public long nextLong() {
        state += STEP;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
