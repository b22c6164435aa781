package creek.sql.internal.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keeps docs/functions.md in step with the catalogue. With {@code -Dcreek.docs.write} the page is written. */
class FunctionPageTest {
    private static final Path PAGE = Path.of("..", "docs", "functions.md");
    private static final String HEAD = """
            # Functions

            The built-in functions and operators, as `DESCRIBE FUNCTION` shows them. Names, results and errors are those of Flink's
            "System (Built-in) Functions". This page is made of the function catalogue: `FunctionPageTest` compares both, and writes the page
            under `-Dcreek.docs.write`.

            None of Flink's scalar functions is missing.
            """;

    @Test
    void pageShowsTheCatalogue() throws Exception {
        String page = page();
        if (System.getProperty("creek.docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "run mvn -pl creek.sql -am test -Dtest=FunctionPageTest -Dcreek.docs.write");
    }

    @Test
    void signaturesAndDescriptionsAreSentences() {
        Set<String> signatures = new HashSet<>();
        for (FunctionDefinition definition : FunctionCatalogue.INSTANCE.definitions()) {
            assertTrue(signatures.add(definition.signature()), () -> definition.signature() + " is there twice");
            assertTrue(definition.description().endsWith("."), definition.description());
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Category category : Category.values()) {
            page.append("\n## ").append(category.title()).append("\n\n| Function | |\n|---|---|\n");
            for (FunctionDefinition definition : FunctionCatalogue.INSTANCE.definitions()) {
                if (definition.category() == category) {
                    page.append("| `").append(definition.signature().replace("|", "\\|")).append("` | ")
                            .append(definition.description().replace("|", "\\|")).append(" |\n");
                }
            }
        }
        return page.toString();
    }
}
