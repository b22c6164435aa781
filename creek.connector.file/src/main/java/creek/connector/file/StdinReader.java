package creek.connector.file;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its end, whenever that comes. */
final class StdinReader implements SourceReader {
    private final InputPump pump;
    private final RecordCutter cutter;

    StdinReader(SourceContext context, InputStream in) {
        pump = new InputPump(in, "creek stdin of table " + context.table(), context::wakeUp);
        cutter = new RecordCutter(context.framing(), context.options().get(FileSystemOptions.MAX_RECORD_SIZE).bytes());
    }

    @Override
    public void open() {
        pump.start();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (!cutter.drain(output)) {
            return ReadStatus.MORE;
        }
        int count = fill();
        if (count < 0) {
            cutter.drainLast(output);
            return ReadStatus.END_OF_INPUT;
        }
        cutter.drain(output);
        return count == 0 ? ReadStatus.NOTHING_NOW : ReadStatus.MORE;
    }

    private int fill() throws IOException {
        try {
            return cutter.fill(pump);
        } catch (IOException e) {
            throw Problems.explain("can't read standard input", e);
        }
    }

    @Override
    public String location() {
        return "standard input, record " + cutter.recordCount() + ", offset " + cutter.recordOffset();
    }

    @Override
    public void close() {
        pump.close();
    }
}
