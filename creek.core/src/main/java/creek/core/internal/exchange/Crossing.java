package creek.core.internal.exchange;

import java.util.HashMap;
import java.util.Map;

/** What connects the subtasks of a parallel job: a channel from each to each other one for each exchange. Thread-safe. */
public final class Crossing {
    private record Way(int place, int from, int to) {
    }

    private final Runnable[] wakeUps;
    private final Map<Way, Channel> channels = new HashMap<>();

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
}
