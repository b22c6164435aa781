package creek.core.internal.task;

import creek.core.connector.SourceContext;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A task's answers to a source's questions. */
record TaskSourceContext(String table, Options options, Schema schema, List<String> metadataKeys, Framing framing, Path workingDirectory,
        boolean hasCheckpoints, Path dataFolder, Clock clock, int subtask, int parallelism, Runnable loop) implements SourceContext {
    @Override
    public ReadableByteChannel standardInput() throws IOException {
        return StandardInput.ofProcess().open(loop);
    }

    @Override
    public void wakeUp() {
        loop.run();
    }
}
