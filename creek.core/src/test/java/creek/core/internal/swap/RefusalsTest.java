package creek.core.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Provider;
import creek.core.job.JobPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
    private static final Provider BEFORE = new Provider(7, "acme.connector", "2.0.0", 41);
    /** The same bundle after a restart of the platform. */
    private static final Provider AFTER = new Provider(7, "acme.connector", "2.0.0", 23);

    @TempDir
    private Path folder;
    private int changes;
    private final Logger log = Logger.getLogger("creek.core.swap");

    private Refusals refusals(List<Refusals.Kept> earlier, long modified) {
        return new Refusals(earlier, provider -> modified, () -> changes++);
    }

    private static BoundPart part(Provider provider) {
        return new BoundPart(JobPart.Kind.CONNECTOR, "acme", new Object(), Optional.of(provider));
    }

    @Test
    void when_thePlatformHasRestarted_then_theSameBundleIsRefusedStill_andSaysWhy() {
        Path file = folder.resolve("refused");
        Refusals before = refusals(List.of(), 5);
        before.add(part(BEFORE), "it fails at\nthe 100th record");
        assertEquals(1, changes);
        new RefusalFile(file).put("a job/1", before.kept());
        Refusals after = refusals(new RefusalFile(file).of("a job/1"), 5);
        assertFalse(after.accept(AFTER));
        assertTrue(after.accept(new Provider(8, "acme.connector", "2.0.0", 24)), "another bundle");
        assertEquals(List.of("connector 'acme' of acme.connector 2.0.0 [7] can't take over: it fails at\nthe 100th record"), after.reasons());
        assertEquals(before.kept(), after.kept());
        assertEquals(List.of(), new RefusalFile(file).of("another job"));
    }

    @Test
    void when_theBundleWasChangedMeanwhile_then_itIsTakenAgain() {
        Refusals before = refusals(List.of(), 5);
        before.add(part(BEFORE), "bad");
        assertTrue(refusals(before.kept(), 6).accept(AFTER));
    }

    @Test
    void when_theBundleGoes_then_nothingOfItIsKept() {
        Refusals refusals = refusals(List.of(), 5);
        refusals.add(part(BEFORE), "bad");
        refusals.forget(BEFORE);
        assertEquals(2, changes);
        assertEquals(List.of(), refusals.kept());
        refusals.add(part(BEFORE), "bad");
        refusals.forgetBundle(7);
        assertTrue(refusals.accept(BEFORE));
        assertEquals(List.of(), refusals.kept());
    }

    @Test
    void when_theFileIsDamaged_then_allIsTriedAgain() throws IOException {
        log.setLevel(Level.OFF);
        try {
            for (String text : List.of("a b", "job CONNECTOR acme x 5 bad", "job NOTHING acme 7 5 bad", "\u0000")) {
                Path file = Files.writeString(folder.resolve("refused"), text);
                assertEquals(List.of(), new RefusalFile(file).of("job"));
            }
        } finally {
            log.setLevel(null);
        }
    }
}
