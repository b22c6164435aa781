package creek.connector.file;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Prints rows to standard output: as Flink shows them, or, with a format, as its records. */
@Component(property = Connector.NAME + "=print")
@Capability(namespace = Connector.NAME, name = "print")
public final class PrintConnector implements Connector {
    static final ConfigOption<String> IDENTIFIER = ConfigOption.optional("print-identifier", String.class,
            "what each line starts with, followed by '> '");
    static final ConfigOption<Boolean> STANDARD_ERROR = ConfigOption.withDefault("standard-error", Boolean.class, false,
            "prints to standard error instead of standard output");

    // Not System.out, which keeps errors to itself.
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final OutputStream ERR = new FileOutputStream(FileDescriptor.err);

    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return true;
    }

    @Override
    public boolean needsFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(IDENTIFIER, STANDARD_ERROR);
    }

    /** Flink's own form shows what kind of row it is. */
    @Override
    public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return options.contains("format") ? ofFormat : ChangelogMode.ALL;
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return context.options().get(STANDARD_ERROR)
                ? new PrintWriter(context, ERR, "standard error") : new PrintWriter(context, OUT, "standard output");
    }
}
