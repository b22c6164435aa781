package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import org.junit.jupiter.api.Test;

class CalcOperatorTest {
    private static class Everything implements Calc {
        @Override
        public void open(OperatorContext context) {
        }

        @Override
        public boolean project(Row in, Row out) {
            return true;
        }
    }

    /** As CURRENT_WATERMARK has it. */
    private static final class Watermark extends Everything {
        @Override
        public void watermark(long watermark) {
        }
    }

    private record End(boolean heedsWatermarks) implements Input {
        @Override
        public void process(Row row) {
        }

        @Override
        public void watermark(long watermark) {
        }
    }

    private static boolean heedsWatermarks(Calc calc, boolean endDoes) throws Exception {
        CalcOperator operator = new CalcOperator(calc, 1);
        operator.open(null, new End(endDoes));
        return operator.heedsWatermarks();
    }

    @Test
    void when_neitherTheCalcNorAnybodyBehindItHeedsWatermarks_then_theyNeedNotCome() throws Exception {
        assertFalse(heedsWatermarks(new Everything(), false));
        assertTrue(heedsWatermarks(new Everything(), true));
        assertTrue(heedsWatermarks(new Watermark(), false));
    }
}
