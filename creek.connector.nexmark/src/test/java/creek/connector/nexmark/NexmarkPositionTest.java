package creek.connector.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.Options;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NexmarkPositionTest {
    private final NexmarkConnector connector = new NexmarkConnector();
    private final List<Row> rows = new ArrayList<>();
    private int capacity = Integer.MAX_VALUE;

    private SourceReader reader() {
        Schema schema = Schema.empty().with("event_type", EventColumns.type("event_type")).with("bid", EventColumns.type("bid"));
        Map<String, Object> answers = Map.of("options", Options.of(Map.of("events.num", "300")), "schema", schema, "clock", Clock.systemUTC());
        return connector.createReader((SourceContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SourceContext.class},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private ReadStatus read(SourceReader reader) throws Exception {
        return reader.read((RecordOutput) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RecordOutput.class},
                (proxy, method, arguments) -> method.getName().equals("isFull") ? rows.size() >= capacity : rows.add(((Row) arguments[0]).copy())));
    }

    @Test
    void restartGoesOnWithTheNextEvent() throws Exception {
        SourceReader reader = reader();
        reader.open();
        capacity = 123;
        read(reader);
        BinaryWriter position = new BinaryWriter();
        reader.writePosition(position);
        capacity = Integer.MAX_VALUE;
        assertEquals(ReadStatus.END_OF_INPUT, read(reader));
        List<Row> all = List.copyOf(rows);
        rows.clear();
        SourceReader resumed = reader();
        resumed.restorePosition(resumed.positionVersion(), new BinaryReader(position.toBytes()));
        resumed.open();
        assertEquals(ReadStatus.END_OF_INPUT, read(resumed));
        assertEquals(all.subList(123, 300), rows);
    }

    @Test
    void damagedPositionsAreRefused() {
        assertThrows(PositionException.class, () -> reader().restorePosition(2, new BinaryReader(new byte[8])));
        assertThrows(PositionException.class, () -> reader().restorePosition(1, new BinaryReader(new byte[7])));
        assertThrows(PositionException.class, () -> reader().restorePosition(1, new BinaryReader(new byte[] {0, 0, 0, 0, 0, 0, 0, -1})));
    }
}
