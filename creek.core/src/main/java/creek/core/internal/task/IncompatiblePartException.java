package creek.core.internal.task;

/** A reader can't go on from the position that a source has. */
final class IncompatiblePartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SourceDriver source;

    IncompatiblePartException(SourceDriver source, int version) {
        super("table '" + source.table() + "': it does not take over positions of form " + version);
        this.source = source;
    }

    SourceDriver source() {
        return source;
    }
}
