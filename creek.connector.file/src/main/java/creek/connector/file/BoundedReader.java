package creek.connector.file;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.util.List;
import java.util.function.Supplier;

/** Reads the files that are there, one after the other; or, where a job that was parallel goes on as one that is not, the stripes that were left. */
final class BoundedReader implements SourceReader {
    private final Supplier<StripedReader> striped;
    private SourceReader reader;

    BoundedReader(FileSystemReader whole, Supplier<StripedReader> striped) {
        this.reader = whole;
        this.striped = striped;
    }

    @Override
    public void open() throws Exception {
        reader.open();
    }

    @Override
    public boolean isEmpty() {
        return reader.isEmpty();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        return reader.read(output);
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        reader.readMetadata(key, row, column);
    }

    @Override
    public String location() {
        return reader.location();
    }

    @Override
    public String currentLocation() {
        return reader.currentLocation();
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public int positionVersion() {
        return reader.positionVersion();
    }

    @Override
    public boolean acceptsPosition(int version) {
        return version == FileSystemReader.VERSION || version == StripedReader.VERSION;
    }

    @Override
    public void writePosition(BinaryWriter output) throws Exception {
        reader.writePosition(output);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws Exception {
        choose(version);
        reader.restorePosition(version, position);
    }

    @Override
    public void restorePositions(int version, List<BinaryReader> positions) throws Exception {
        choose(version);
        reader.restorePositions(version, positions);
    }

    private void choose(int version) {
        if (version == StripedReader.VERSION) {
            reader = striped.get();
        }
    }

    @Override
    public void prepare(int version, BinaryReader position) throws Exception {
        if (version == reader.positionVersion()) {
            reader.prepare(version, position);
        }
    }

    @Override
    public boolean closesLater() {
        return reader.closesLater();
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
