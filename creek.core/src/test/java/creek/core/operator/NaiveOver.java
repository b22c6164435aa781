package creek.core.operator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** OVER by event time as Flink 2.2.0 defines it, with nothing kept up to date: each frame is sought anew among all rows. */
final class NaiveOver {
    /** What the operators of the test give with a count and a sum, and with a maximum and a trace. */
    final List<String> counted = new ArrayList<>();
    final List<String> traced = new ArrayList<>();
    int late;

    private record Reading(String key, long value, long time) {
    }

    /** What is known of a key; forgotten as a whole. */
    private static final class Known {
        final List<Reading> out = new ArrayList<>();
        long lastTimer;
        long forgetAt = Long.MIN_VALUE;
    }

    private final boolean rows;
    private final long preceding;
    private final Map<String, Known> keys = new HashMap<>();
    private final List<Reading> waiting = new ArrayList<>();
    private final Map<String, TreeSet<Long>> timers = new HashMap<>();
    private long watermark = Long.MIN_VALUE;

    NaiveOver(boolean rows, long preceding) {
        this.rows = rows;
        this.preceding = preceding;
    }

    private boolean isBounded() {
        return preceding != OverWindow.UNBOUNDED;
    }

    void row(String key, long value, long time) {
        Known known = keys.computeIfAbsent(key, any -> new Known());
        if (isBounded() ? time <= known.lastTimer : time <= watermark) {
            late++;
            return;
        }
        waiting.add(new Reading(key, value, time));
        timers.computeIfAbsent(key, any -> new TreeSet<>()).add(time);
        if (isBounded() && !rows && known.forgetAt < time + preceding + 1) {
            known.forgetAt = time + (long) (preceding * 1.5) + 1;
            timers.get(key).add(known.forgetAt);
        }
    }

    void watermark(long newWatermark) {
        watermark = newWatermark;
        List<Reading> due = new ArrayList<>(waiting.stream().filter(each -> each.time <= watermark).toList());
        waiting.removeAll(due);
        due.sort(Comparator.comparingLong(Reading::time));
        Map<Reading, String> counts = new IdentityHashMap<>();
        Map<Reading, String> traces = new IdentityHashMap<>();
        timers.forEach((key, times) -> {
            while (!times.isEmpty() && times.first() <= watermark) {
                fire(key, times.pollFirst(), due, counts, traces);
            }
        });
        for (Reading each : due) {
            counted.add(counts.get(each));
            traced.add(traces.get(each));
        }
        String mark = "W(" + (watermark == Long.MAX_VALUE ? "end" : watermark) + ")";
        counted.add(mark);
        traced.add(mark);
    }

    private void fire(String key, long time, List<Reading> due, Map<Reading, String> counts, Map<Reading, String> traces) {
        Known known = keys.get(key);
        if (isBounded() && !rows && known.forgetAt <= time) {
            keys.put(key, new Known());
            return;
        }
        List<Reading> now = due.stream().filter(each -> each.key.equals(key) && each.time == time).toList();
        if (!rows) {
            known.out.addAll(now);
        }
        for (Reading each : now) {
            if (rows) {
                known.out.add(each);
            }
            List<Reading> frame = known.out.stream().filter(other -> rows || !isBounded() || other.time >= time - preceding).toList();
            if (rows && frame.size() - 1 > preceding) {
                frame = frame.subList(frame.size() - 1 - (int) preceding, frame.size());
            }
            StringBuilder trace = new StringBuilder();
            frame.forEach(other -> trace.append('.').append(other.value));
            String columns = "+I[" + each.key + ", " + each.value + ", " + each.time + ", ";
            counts.put(each, columns + frame.size() + ", " + frame.stream().mapToLong(Reading::value).sum() + "]");
            traces.put(each, columns + frame.stream().mapToLong(Reading::value).max().getAsLong() + ", " + trace + "]");
        }
        known.lastTimer = time;
    }
}
