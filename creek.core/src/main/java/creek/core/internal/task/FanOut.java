package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.operator.Input;
import java.util.List;

/** Hands everything to several inputs, one after the other. */
final class FanOut implements Input {
    private final Input[] inputs;

    private FanOut(List<Input> inputs) {
        this.inputs = inputs.toArray(Input[]::new);
    }

    /** One input that stands for all of these. */
    static Input of(List<Input> inputs) {
        return inputs.size() == 1 ? inputs.get(0) : new FanOut(inputs);
    }

    @Override
    public void process(Row row) throws Exception {
        for (Input input : inputs) {
            input.process(row);
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        for (Input input : inputs) {
            input.watermark(watermark);
        }
    }

    @Override
    public void idle() throws Exception {
        for (Input input : inputs) {
            input.idle();
        }
    }
}
