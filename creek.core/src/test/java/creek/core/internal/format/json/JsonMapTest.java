package creek.core.internal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonMapTest {
    private final Random random = new Random(8);

    private static String text(Map<String, Integer> map) {
        return map.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(", ", "{", "}"));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(4) == 0 ? 30 : 10); i > 0; i--) {
            keys.add("k" + (random.nextInt(3) == 0 ? random.nextInt(20) : i));
        }
        return keys;
    }

    @Test
    void when_mapsHaveFewOrManyEntriesAndSomeTwice_then_theyAreInOrderAndTheLastOneCounts() throws DecodeException {
        List<String> records = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Map<String, Integer> map = new LinkedHashMap<>();
            List<String> entries = new ArrayList<>();
            for (String key : keys()) {
                int value = random.nextInt(1000);
                map.put(key, value);
                entries.add("\"" + key + "\": " + value);
            }
            records.add("{\"m\": {" + String.join(", ", entries) + "}}");
            expected.add(text(map));
        }
        assertEquals(String.join("\n", expected), new FormatHarness(new JsonFormat(), Map.of(), "m MAP<STRING, INT>").decode(String.join("\n", records)));
    }

    @Test
    void when_aSmallMapIsComparedWithAnother_then_orderAndKindDoNotMatter() {
        SmallMap map = new SmallMap(1);
        for (int i = 0; i < SmallMap.MAX; i++) {
            map.set(i, i == 3 ? null : "v" + i);
        }
        Map<Object, Object> other = new LinkedHashMap<>();
        for (int i = SmallMap.MAX - 1; i >= 0; i--) {
            other.put(i, map.get(i));
        }
        assertEquals(other, map);
        assertEquals(other.hashCode(), map.hashCode());
        assertEquals(null, map.get("none"));
        assertEquals(List.of(true, true, false), List.of(map.containsKey(0), map.containsKey(3), map.containsKey(SmallMap.MAX)));
    }
}
