package creek.sql.internal.physical;

import creek.core.operator.CumulatingWindows;
import creek.core.operator.HoppingWindows;
import creek.core.operator.TumblingWindows;
import creek.core.operator.Windows;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.WindowSpec;
import java.time.ZoneId;
import org.apache.calcite.sql.type.SqlTypeName;

/** The expression that makes the engine's windows. */
final class WindowCode {
    private WindowCode() {
    }

    static String of(WindowSpec windows, JobWriter writer) {
        String column = windows.isEventTime() ? String.valueOf(windows.timeColumn()) : writer.use(Windows.class) + ".PROCESSING_TIME";
        String zone = windows.timeType().getSqlTypeName() == SqlTypeName.TIMESTAMP ? "null" : zone(writer);
        String start = column + ", " + zone + ", ";
        String end = windows.offset() + "L)";
        return "new " + switch (windows.kind()) {
            case TUMBLE -> writer.use(TumblingWindows.class) + "(" + start + windows.size() + "L, " + end;
            case HOP -> writer.use(HoppingWindows.class) + "(" + start + windows.size() + "L, " + windows.step() + "L, " + end;
            case CUMULATE -> writer.use(CumulatingWindows.class) + "(" + start + windows.size() + "L, " + windows.step() + "L, " + end;
        };
    }

    /** The session's zone, as the job's own setting will give it. */
    private static String zone(JobWriter writer) {
        String zone = writer.zone();
        return writer.use(ZoneId.class) + (zone.equals("default") ? ".systemDefault()" : ".of(" + JavaNames.literal(zone) + ")");
    }
}
