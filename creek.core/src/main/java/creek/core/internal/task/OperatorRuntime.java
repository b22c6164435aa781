package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.internal.state.OperatorState;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TaskState;
import creek.core.operator.Input;
import creek.core.operator.Operator;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;

/** An operator's place in its task. Places further down have higher numbers. */
final class OperatorRuntime implements OperatorContext, OperatorState {
    private final Schedule schedule;
    private final int place;
    private final String id;
    private final JobSettings settings;
    private final Clock clock;
    private final Operator operator;
    private final FunctionInstances functions;
    private final Input lateRows;
    private Row late;
    /** Null if the job takes no checkpoints. */
    private TaskState state;
    /** Whether all rows come to the first subtask. */
    private boolean gathered;

    /**
     * @param operator what is resumed and woken; null where only a calculation asks for its context
     * @param lateRows takes what the operator drops because it comes too late; null for none
     */
    OperatorRuntime(Schedule schedule, int place, String id, JobSettings settings, Clock clock, Operator operator,
            FunctionInstances functions, Input lateRows) {
        this.schedule = schedule;
        this.place = place;
        this.id = id;
        this.settings = settings;
        this.clock = clock;
        this.operator = operator;
        this.functions = functions;
        this.lateRows = lateRows;
    }

    void setState(TaskState newState) {
        state = newState;
    }

    /** Says that all rows come to the operator of the first subtask. */
    void setGathered() {
        gathered = true;
    }

    @Override
    public void keep(String name, StateTable table) throws IOException {
        if (state != null) {
            state.keep(id, name, gathered, table);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Map<String, String> settings() {
        return settings.texts();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public ZoneId zone() {
        return settings.zone();
    }

    @Override
    public void resumeLater() {
        schedule.putOff(place, operator);
    }

    @Override
    public void resumeAfterAPause() {
        schedule.putOff(place, operator);
        schedule.pause();
    }

    @Override
    public boolean isOutputBusy() {
        return schedule.deepestPutOff() > place;
    }

    @Override
    public void wakeAt(long time) {
        schedule.wakeAt(time, place, operator);
    }

    @Override
    public void countLate() {
        schedule.countLate();
    }

    @Override
    public void countLate(Row row, long lateness) throws Exception {
        schedule.countLate();
        if (lateRows == null) {
            return;
        }
        int columns = row.arity();
        if (late == null) {
            late = new Row(columns + 1);
        }
        for (int i = 0; i < columns; i++) {
            late.setFrom(i, row, i);
        }
        late.setLong(columns, lateness);
        lateRows.process(late);
    }

    @Override
    public void countLookup(boolean found) {
        schedule.countLookup(found);
    }

    @Override
    public void countSkipped() {
        schedule.countSkipped();
    }

    @Override
    public <C> void function(String name, String className, Class<C> call, Consumer<C> use) throws Exception {
        functions.open(name, className, call, use);
    }
}
