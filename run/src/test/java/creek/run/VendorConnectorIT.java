package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a vendor's connector: built outside this build, tested, and dropped into a platform whose job waits for it. */
class VendorConnectorIT {
    @TempDir
    Path directory;

    @Test
    void when_itsBundleComes_then_theJobThatWaitsForItRuns() throws Exception {
        VendorProject project = new VendorProject(directory, "vendor-connector", "creek.udf.api", "creek.core", "creek.connector.testing");
        project.build();
        String output = project.run(Map.of("CREEK", Creek.ROOT.resolve("creek").toString()), List.of("./try.sh"));
        assertEquals(5, output.lines().filter(line -> line.matches("\\{\"device\":\"roof\",\"temperature\":3[1-6]\\.0\\}")).count(), output);
    }
}
