package creek.sql.internal.physical;

import creek.core.operator.AttachedWindows;
import creek.core.operator.CumulatingWindows;
import creek.core.operator.HoppingWindows;
import creek.core.operator.TumblingWindows;
import creek.core.operator.Windows;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.time.ZoneId;
import org.apache.calcite.sql.type.SqlTypeName;

/** The expression that makes the engine's windows. */
final class WindowCode {
    private WindowCode() {
    }

    /** The arguments that all windows begin with: time column and zone. */
    static String time(WindowSpec windows, JobWriter writer) {
        return (windows.isEventTime() ? String.valueOf(windows.timeColumn()) : writer.use(Windows.class) + ".PROCESSING_TIME") + ", "
                + zone(windows, writer);
    }

    /** The zone by whose clocks the windows go, or null. */
    static String zone(WindowSpec windows, JobWriter writer) {
        return windows.timeType().getSqlTypeName() == SqlTypeName.TIMESTAMP ? "null" : zone(writer);
    }

    static String of(WindowSpec windows, JobWriter writer) {
        return windows.isAttached() ? "new " + writer.use(AttachedWindows.class) + "(" + attached(windows, writer) + ")" : lying(windows, writer);
    }

    /** Sessions are told apart by their ends here, and by their starts as a key. */
    private static String attached(WindowSpec windows, JobWriter writer) {
        return windows.kind() != Kind.SESSION ? lying(windows, writer)
                : "new " + writer.use(TumblingWindows.class) + "(" + time(windows, writer) + ", 1L, 0L)";
    }

    private static String lying(WindowSpec windows, JobWriter writer) {
        String start = time(windows, writer) + ", ";
        String end = windows.offset() + "L)";
        return "new " + switch (windows.kind()) {
            case TUMBLE -> writer.use(TumblingWindows.class) + "(" + start + windows.size() + "L, " + end;
            case HOP -> writer.use(HoppingWindows.class) + "(" + start + windows.size() + "L, " + windows.step() + "L, " + end;
            case CUMULATE -> writer.use(CumulatingWindows.class) + "(" + start + windows.size() + "L, " + windows.step() + "L, " + end;
            case SESSION -> throw new IllegalStateException("sessions do not lie anywhere of themselves");
        };
    }

    /** The session's zone, as the job's own setting will give it. */
    private static String zone(JobWriter writer) {
        String zone = writer.zone();
        return writer.use(ZoneId.class) + (zone.equals("default") ? ".systemDefault()" : ".of(" + JavaNames.literal(zone) + ")");
    }
}
