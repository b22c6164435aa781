package creek.core.internal.task;

import creek.core.connector.Connector;
import creek.core.connector.SourceContext;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A task's answers to a source's questions.
 *
 * @param part which share of the table is to be read
 */
record TaskSourceContext(String table, Options options, Schema schema, List<String> metadataKeys, Framing framing, Path workingDirectory,
        boolean hasCheckpoints, Path dataFolder, Clock clock, String id, Connector connector, Subtask part, Runnable loop) implements SourceContext {
    @Override
    public int subtask() {
        return part.index();
    }

    @Override
    public int parallelism() {
        return part.parallelism();
    }

    @Override
    public <T> T common(Callable<T> maker) throws Exception {
        return part.crossing() == null ? maker.call() : part.crossing().common(id, connector, maker);
    }

    @Override
    public ReadableByteChannel standardInput() throws IOException {
        return StandardInput.ofProcess().open(loop);
    }

    @Override
    public void wakeUp() {
        loop.run();
    }
}
