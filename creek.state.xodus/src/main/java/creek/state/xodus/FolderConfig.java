package creek.state.xodus;

import jetbrains.exodus.core.dataStructures.Pair;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataReaderWriterProvider;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.log.LogConfig;

/** Leads Xodus to a folder's reader and writer, without a search for services. */
final class FolderConfig extends LogConfig {
    private final DataReaderWriterProvider provider = new NoProvider();

    FolderConfig(LogFolder folder, LogWriter writer) {
        setReaderWriter(folder, writer);
    }

    @Override
    public DataReaderWriterProvider getReaderWriterProvider() {
        return provider;
    }

    private static final class NoProvider extends DataReaderWriterProvider {
        @Override
        public Pair<DataReader, DataWriter> newReaderWriter(String location) {
            throw new UnsupportedOperationException("the folder's are set");
        }
    }
}
