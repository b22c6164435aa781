package creek.sql.internal.statement;

import creek.sql.internal.physical.PhysicalPlanner.Insert;
import java.util.ArrayList;
import java.util.List;

/** INSERTs that are planned and wait to become one job: those of a script, or of a BEGIN STATEMENT SET until its END. */
final class PendingInserts {
    private final List<Insert> inserts = new ArrayList<>();
    private boolean collecting;

    /** Whether INSERTs are to be collected rather than run one by one. */
    boolean isCollecting() {
        return collecting;
    }

    void begin() {
        collecting = true;
    }

    void add(List<Insert> more) {
        inserts.addAll(more);
    }

    /** All so far; the next one starts anew. */
    List<Insert> take() {
        collecting = false;
        List<Insert> all = List.copyOf(inserts);
        inserts.clear();
        return all;
    }
}
