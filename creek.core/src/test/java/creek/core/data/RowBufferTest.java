package creek.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBufferTest {
    @Test
    void rowsComeOutAsTheyWentIn() {
        Random random = new Random(3);
        RowBuffer buffer = new RowBuffer();
        Row taken = new Row(4);
        for (int round = 0; round < 20; round++) {
            List<Row> rows = new ArrayList<>();
            Row row = new Row(4);
            for (int i = random.nextInt(500); i >= 0; i--) {
                row.setKind(RowKind.values()[random.nextInt(4)]);
                row.setLong(0, random.nextLong());
                row.setUtf8(1, Utf8.of("x".repeat(random.nextInt(40)) + i));
                row.setObject(2, BigDecimal.valueOf(random.nextInt(), 2));
                row.setDouble(3, random.nextDouble());
                for (int column = 0; column < 4; column++) {
                    if (random.nextInt(5) == 0) {
                        row.setNull(column);
                    }
                }
                buffer.add(row);
                rows.add(row.copy());
            }
            assertEquals(rows.size(), buffer.size());
            for (int i = 0; i < rows.size(); i++) {
                buffer.get(i, taken);
                assertEquals(rows.get(i), taken);
                assertEquals(rows.get(i).kind(), taken.kind());
            }
            buffer.clear();
            assertEquals(0, buffer.size());
        }
    }
}
