package creek.core.state;

import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens stores on one kind of medium. Registered as a service with the property {@code creek.state}, the name that the setting
 * {@code state.backend.type} gives. Only a factory, callable from any thread.
 */
@ConsumerType
public interface StateBackend {
    /** The service property that carries the backend's name. */
    String NAME = "creek.state";

    /** The options, under keys that leave out {@code state.backend.<name>.}. */
    List<ConfigOption<?>> options();

    /**
     * Whether entries can be read singly, so that a checkpoint needs only what changed and the engine may let clean entries leave memory. The store
     * of a backend that says no gets every entry with each checkpoint, and is read as a whole after it was opened.
     */
    default boolean isIncremental() {
        return true;
    }

    /**
     * Checks, as far as that can be done by itself and without harm, that this backend works: that its library loads, say. Asked of a newcomer before
     * it takes over from another version in jobs that run, on a thread of its own, for a bounded time; whatever it throws has the newcomer refused,
     * with that reason.
     */
    default void selfTest() throws Exception {
    }

    /**
     * Opens the store of a job, as its last complete checkpoint left it, or a new one.
     *
     * @param folder  a folder of the job's own; nothing else writes there
     * @param options checked
     * @throws DamagedStateException if what is there can't be trusted; it stays as it is
     * @throws IOException           if the store can't be opened, because it is in use, say
     */
    StateStore open(Path folder, Options options) throws IOException;
}
