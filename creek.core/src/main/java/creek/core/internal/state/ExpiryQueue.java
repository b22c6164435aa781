package creek.core.internal.state;

import java.util.Arrays;

/** Things with a time, in the order they were added: a ring without an object for each. */
public final class ExpiryQueue<T> {
    private long[] times = new long[64];
    private Object[] things = new Object[64];
    private int first;
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    public void add(long time, T thing) {
        if (size == things.length) {
            grow();
        }
        int place = first + size++ & things.length - 1;
        times[place] = time;
        things[place] = thing;
    }

    /** The time of the first; there must be one. */
    public long firstTime() {
        return times[first];
    }

    @SuppressWarnings("unchecked")
    public T poll() {
        T thing = (T) things[first];
        things[first] = null;
        first = first + 1 & things.length - 1;
        size--;
        return thing;
    }

    private void grow() {
        long[] newTimes = Arrays.copyOf(times, 2 * size);
        Object[] newThings = Arrays.copyOf(things, 2 * size);
        System.arraycopy(times, 0, newTimes, size, first);
        System.arraycopy(things, 0, newThings, size, first);
        Arrays.fill(newThings, 0, first, null);
        times = newTimes;
        things = newThings;
    }
}
