package creek.command.packaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is in a package, with versions and licences: as a list for people and as a CycloneDX bill of materials for tools. */
final class Contents {
    private final Component job;
    private final Set<Component> components = new LinkedHashSet<>();
    private final StringBuilder list = new StringBuilder();

    /** @param parts the jars that the package is made of, the job's last */
    Contents(List<BundleFile> parts) {
        job = parts.get(parts.size() - 1).components().get(0);
        for (BundleFile part : parts) {
            String indent = "";
            for (Component component : part.components()) {
                if (!component.equals(job)) {
                    components.add(component);
                }
                list.append(indent).append(component.line(indent.length())).append('\n');
                indent = "  ";
            }
        }
    }

    String list() {
        return list.toString();
    }

    /** In form 1.5, as JSON. The same for the same content: it has no time, and a serial number made from what it says. */
    String billOfMaterials() {
        List<String> all = new ArrayList<>();
        components.forEach(component -> all.add("    " + json("library", component)));
        String body = """
                  "version": 1,
                  "metadata": {
                    "component": %s
                  },
                  "components": [
                %s
                  ]
                }
                """.formatted(json("application", job), String.join(",\n", all));
        return """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.5",
                  "serialNumber": "urn:uuid:%s",
                """.formatted(UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8))) + body;
    }

    private static String json(String type, Component component) {
        StringBuilder json = new StringBuilder("{\"type\": ").append(quoted(type)).append(", \"bom-ref\": ").append(quoted(component.purl()));
        if (!component.group().isEmpty()) {
            json.append(", \"group\": ").append(quoted(component.group()));
        }
        json.append(", \"name\": ").append(quoted(component.name())).append(", \"version\": ").append(quoted(component.version()));
        if (!component.licence().isEmpty()) {
            // an identifier is of a fixed list; what is not one is a name
            String kind = component.licence().matches("[A-Za-z0-9.+-]+") ? "id" : "name";
            json.append(", \"licenses\": [{\"license\": {").append(quoted(kind)).append(": ").append(quoted(component.licence())).append("}}]");
        }
        return json.append(", \"purl\": ").append(quoted(component.purl())).append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
