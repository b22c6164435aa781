package creek.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.job.JobDefinition;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class CompletionTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstWordIsACommandWithOrWithoutItsScope() {
        assertEquals(Set.of("jobs", "job"), complete("jo"));
        assertEquals(Set.of("creek:jobs", "creek:job"), complete("creek:jo"));
        assertEquals(Set.of("felix:lb"), complete("felix:"));
        assertEquals(Set.of("jobs", "job"), complete("help", "jo"));
        assertEquals(Set.of(), complete("nothing"));
    }

    @Test
    void jobsAndBundlesAreForCommandsThatTakeThem() {
        assertEquals(Set.of("counts"), complete("why", "co"));
        assertEquals(Set.of("counts"), complete("creek:why", "co"));
        assertEquals(Set.of("counts", "creek.job.counts", "creek.core"), complete("stop", "c"));
        assertEquals(Set.of("creek.job.counts", "creek.core"), complete("swap", "12", "c"));
        assertEquals(Set.of("12"), complete("swap", "1"));
        assertEquals(Set.of(), complete("lb", "c"));
    }

    @Test
    void filesAreThoseOfTheFolderThatIsBeingTyped() throws IOException {
        Files.createDirectories(folder.resolve("sql"));
        Files.writeString(folder.resolve("sql/a.sql"), "");
        Files.writeString(folder.resolve("some.jar"), "");
        assertEquals(Set.of("sql/", "some.jar"), complete("deploy", "s"));
        assertEquals(Set.of("sql/a.sql"), complete("deploy", "sql/"));
        assertEquals(Set.of("sql/", "some.jar"), complete("savepoint", "counts", ""));
        assertEquals(Set.of(), complete("deploy", "nowhere/"));
        assertTrue(complete("deploy", folder + "/so").contains(folder + "/some.jar"));
    }

    private Set<String> complete(String... words) {
        Bundle[] bundles = {bundle(3, "creek.core", null), bundle(12, "creek.job.counts", "counts")};
        BundleContext context = fake(BundleContext.class, (proxy, method, arguments) -> bundles);
        CommandSession session = fake(CommandSession.class, (proxy, method, arguments) -> method.getName().equals("currentDir") ? folder
                : new TreeSet<>(Set.of("creek:jobs", "creek:job", "creek:why", "felix:lb")));
        return new Completion(context, session).candidates(List.of(words));
    }

    private static Bundle bundle(long id, String name, String job) {
        Dictionary<String, String> headers = new Hashtable<>();
        if (job != null) {
            headers.put(JobDefinition.JOB_HEADER, job);
        }
        return fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId" -> id;
            case "getSymbolicName" -> name;
            default -> headers;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
