package creek.command;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms in which {@code creek sql} prints results. */
enum ResultFormat {
    TABLE {
        @Override
        ResultPrinter printer(Writer output) {
            return new TablePrinter(output);
        }
    },
    JSONL {
        @Override
        ResultPrinter printer(Writer output) {
            return new JsonlPrinter(output);
        }
    },
    CSV {
        @Override
        ResultPrinter printer(Writer output) {
            return new CsvPrinter(output);
        }
    };

    abstract ResultPrinter printer(Writer output);

    static ResultFormat of(String text) throws CommandException {
        for (ResultFormat format : values()) {
            if (format.toString().equals(text)) {
                return format;
            }
        }
        throw CommandException.usage("there is no format '" + text + "'; there are "
                + Arrays.stream(values()).map(ResultFormat::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Prints one result: {@link #begin}, rows, {@link #end}. Errors of the output are those of its stream. */
    interface ResultPrinter {
        /**
         * @param columns   names
         * @param types     SQL types, one a column
         * @param changelog whether other rows than inserts can come
         */
        void begin(List<String> columns, List<String> types, boolean changelog) throws IOException;

        /** @param texts a text or null for each column */
        void row(String kind, String[] texts) throws IOException;

        /** Called now and then: what is held back must be shown, for whoever watches. */
        void flush() throws IOException;

        void end() throws IOException;
    }
}
