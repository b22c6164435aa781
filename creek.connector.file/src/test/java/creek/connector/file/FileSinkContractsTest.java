package creek.connector.file;

import creek.connector.testing.SinkContract;
import creek.core.connector.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;

/** What every sink does, of part files. */
class FileSinkContractsTest {
    private abstract static class Parts extends SinkContract {
        @Override
        protected Connector connector() {
            return new FileSystemConnector();
        }

        /** The lines of all files that are not hidden. */
        @Override
        protected List<String> arrived() throws IOException {
            Path directory = folder.resolve("out");
            List<String> lines = new ArrayList<>();
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.filter(path -> path.getFileName().toString().startsWith("part-")).toList()) {
                        try (InputStream in = Files.newInputStream(file);
                                InputStream decoded = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                            lines.addAll(new String(decoded.readAllBytes()).lines().toList());
                        }
                    }
                }
            }
            return lines;
        }
    }

    @Nested
    class Large extends Parts {
        @Override
        protected Map<String, String> options() {
            return Map.of("path", "out");
        }
    }

    @Nested
    class SmallAndCompressed extends Parts {
        @Override
        protected Map<String, String> options() {
            return Map.of("path", "out", "sink.rolling-policy.file-size", "100 b", "sink.compression", "gzip");
        }
    }
}
