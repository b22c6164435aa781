package creek.core.operator;

import creek.core.data.Row;
import java.util.Objects;

/** Filters and projects: rows that pass a {@link Calc} go on in its form. */
public final class CalcOperator extends Operator {
    private final Calc calc;
    private final Row out;
    /** Whether the calc does something with watermarks. */
    private boolean heeds;

    /** @param arity number of columns that the calc makes */
    public CalcOperator(Calc calc, int arity) {
        this.calc = Objects.requireNonNull(calc, "calc");
        this.out = new Row(arity);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        heeds = calc.getClass().getMethod("watermark", long.class).getDeclaringClass() != Calc.class;
        calc.open(newContext);
    }

    @Override
    public void process(Row row) throws Exception {
        if (calc.project(row, out)) {
            out.setKind(row.kind());
            output.process(out);
        }
    }

    @Override
    public boolean heedsWatermarks() {
        return heeds || output.heedsWatermarks();
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (heeds) {
            calc.watermark(watermark);
        }
        super.watermark(watermark);
    }
}
