package creek.command.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemdUnitTest {
    @Test
    void eachFormStartsWhatIsCopied() {
        assertUnit(SystemdUnit.Form.FILE, "ExecStart=/opt/creek/app.jar", "# Options of the job: /opt/creek/app.properties", "DynamicUser=yes",
                "#   /opt/creek/app.jar --warm-up    (for a quicker start; may be left out)");
        assertUnit(SystemdUnit.Form.FOLDER, "ExecStart=/opt/creek/app/start", "# Options of the job: /opt/creek/app/app.properties", "DynamicUser=yes");
        assertUnit(SystemdUnit.Form.SELF_CONTAINED, "ExecStart=/opt/creek/app.jar", "Environment=CREEK_HOME=%C/creek-app", "CacheDirectory=creek-app",
                "DynamicUser=yes");
    }

    private static void assertUnit(SystemdUnit.Form form, String... expected) {
        List<String> lines = SystemdUnit.text("counts", Path.of("made/app.jar"), form).lines().toList();
        for (String line : expected) {
            assertTrue(lines.contains(line), line + " in " + lines);
        }
        assertEquals(form == SystemdUnit.Form.FILE, String.join("", lines).contains("--warm-up"));
        assertTrue(lines.stream().noneMatch(line -> line.contains("@") || line.startsWith(" ")), lines.toString());
    }
}
