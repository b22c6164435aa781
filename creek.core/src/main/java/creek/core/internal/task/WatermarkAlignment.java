package creek.core.internal.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps sources of a group from running ahead of each other in event time: {@code scan.watermark.alignment.*}. */
final class WatermarkAlignment {
    private record Member(SourceDriver source, long maxDrift) {
    }

    private final Map<String, List<Member>> groups = new LinkedHashMap<>();

    void add(String group, SourceDriver source, long maxDriftMillis) {
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(new Member(source, maxDriftMillis));
    }

    /** Sets how far each source may go now: so much further than the last of its group that has not ended and is not idle. */
    void update() {
        if (groups.isEmpty()) {
            // asked in each turn, and even iterating over nothing leaves garbage
            return;
        }
        for (List<Member> group : groups.values()) {
            long lowest = Long.MAX_VALUE;
            for (Member member : group) {
                if (!member.source.isEnded() && !member.source.time().isIdle()) {
                    lowest = Math.min(lowest, member.source.time().emitted());
                }
            }
            for (Member member : group) {
                member.source.time().setLimit(lowest > Long.MAX_VALUE - member.maxDrift ? Long.MAX_VALUE : lowest + member.maxDrift);
            }
        }
    }
}
