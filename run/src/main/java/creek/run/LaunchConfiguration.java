package creek.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What to launch, as a {@code bndrun} file says: the file that bnd resolved and verified is the one that is run.
 *
 * @param bundles symbolic names of the bundles, in the order in which they are installed and started
 */
public record LaunchConfiguration(List<String> bundles) {

    public static LaunchConfiguration read(Path file) throws IOException {
        Properties instructions = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            instructions.load(reader);
        }
        return new LaunchConfiguration(names(instructions.getProperty("-runbundles", "")));
    }

    /** {@code a;version='[1,2)',b;version='[1,2)'} to a and b: the commas within the ranges are followed by no name. */
    private static List<String> names(String clauses) {
        return Arrays.stream(clauses.split(",(?=\\s*[A-Za-z])")).map(clause -> clause.split(";")[0].trim())
                .filter(name -> !name.isEmpty()).toList();
    }
}
