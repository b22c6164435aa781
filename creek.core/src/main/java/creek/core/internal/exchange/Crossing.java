package creek.core.internal.exchange;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What connects the subtasks of a parallel job: a channel from each to each other one for each exchange, and what sources agree on. Thread-safe. */
public final class Crossing {
    private record Way(int place, int from, int to) {
    }

    private record Owner(String source, Object connector) {
    }

    private final Runnable[] wakeUps;
    private final Map<Way, Channel> channels = new HashMap<>();
    private final Map<Owner, Object> common = new HashMap<>();

    public Crossing(int parallelism) {
        wakeUps = new Runnable[parallelism];
    }

    public int parallelism() {
        return wakeUps.length;
    }

    /** Says how a subtask is woken. To be called of all before any of them is assembled. */
    public void onWakeUp(int subtask, Runnable wakeUp) {
        wakeUps[subtask] = wakeUp;
    }

    synchronized Channel channel(int place, int from, int to) {
        return channels.computeIfAbsent(new Way(place, from, to), way -> new Channel(wakeUps[from], wakeUps[to]));
    }

    /**
     * What a source has in common in all subtasks, which the first that asks makes while others wait; each source asks for one thing.
     *
     * @param connector the version whose readers ask: those of another one do not know its classes
     */
    @SuppressWarnings("unchecked")
    public synchronized <T> T common(String source, Object connector, Callable<T> maker) throws Exception {
        Owner owner = new Owner(source, connector);
        Object made = common.get(owner);
        if (made == null) {
            made = maker.call();
            common.put(owner, made);
        }
        return (T) made;
    }

    /** Lets go of what readers of a version of a connector have in common. */
    public synchronized void forget(Object connector) {
        common.keySet().removeIf(owner -> owner.connector == connector);
    }
}
