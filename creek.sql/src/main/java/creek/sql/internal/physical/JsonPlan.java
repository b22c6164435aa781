package creek.sql.internal.physical;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Plans as JSON: {@code {"nodes": [{"id": 1, "type": …, "pact": …, "contents": …, "parallelism": 1, "predecessors": [{"id": …}]}]}}. */
final class JsonPlan {
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final StringJoiner nodes = new StringJoiner(", {\n", "{\n  \"nodes\" : [ {\n", " ]\n}\n");

    private JsonPlan() {
    }

    static String of(List<? extends PhysicalNode> sinks) {
        JsonPlan plan = new JsonPlan();
        sinks.forEach(plan::add);
        return plan.nodes.toString();
    }

    /** The number of a step, which comes after those of what it reads. */
    private int add(PhysicalNode node) {
        Integer known = ids.get(node.digest());
        if (known != null) {
            return known;
        }
        StringJoiner predecessors = new StringJoiner(", ", "[ ", " ]").setEmptyValue("[ ]");
        node.inputs().forEach(input -> predecessors.add("{ \"id\" : " + add(input) + " }"));
        int id = ids.size() + 1;
        ids.put(node.digest(), id);
        String pact = node.inputs().isEmpty() ? "Data Source" : node instanceof SinkNode ? "Data Sink" : "Operator";
        nodes.add("    \"id\" : " + id + ",\n    \"type\" : " + quoted(node.id()) + ",\n    \"pact\" : " + quoted(pact)
                + ",\n    \"contents\" : " + quoted(node.describe()) + ",\n    \"parallelism\" : 1,\n    \"predecessors\" : " + predecessors + "\n  }");
        return id;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
