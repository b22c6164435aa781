package creek.connector.file;

import creek.connector.testing.SourceContract;
import creek.core.connector.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every source does, of files that are listed, watched and followed. */
class FileSourceContractsTest {
    private abstract static class Files100 extends SourceContract {
        private int files;
        private int lines;

        @Override
        protected Connector connector() {
            return new FileSystemConnector();
        }

        List<String> lines(Path file, int count) throws IOException {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                written.add("line " + lines++);
            }
            Files.createDirectories(file.getParent());
            Files.write(file, written, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return written;
        }

        List<String> files(int count) throws IOException {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                written.addAll(lines(folder.resolve("in/" + ++files + ".txt"), 25));
            }
            return written;
        }

        @Override
        protected boolean isInOrder() {
            // Files of one moment come in the order of their names.
            return false;
        }
    }

    @Nested
    class Listed extends Files100 {
        @Override
        protected Map<String, String> options() {
            return Map.of("path", "in");
        }

        @Override
        protected List<String> provide() throws IOException {
            return files(4);
        }
    }

    @Nested
    class Watched extends Files100 {
        @Override
        protected Map<String, String> options() {
            return Map.of("path", "in", "source.monitor-interval", "1 s");
        }

        @Override
        protected List<String> provide() throws IOException {
            return files(3);
        }
    }

    @Nested
    class Followed extends Files100 {
        @Override
        protected Map<String, String> options() {
            return Map.of("path", "in/1.txt", "source.follow", "true");
        }

        @Override
        protected List<String> provide() throws IOException {
            return lines(folder.resolve("in/1.txt"), 60);
        }

        @Override
        protected boolean isInOrder() {
            return true;
        }
    }
}
