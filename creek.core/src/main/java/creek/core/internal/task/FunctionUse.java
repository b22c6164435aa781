package creek.core.internal.task;

import java.util.function.Consumer;

/**
 * One use of a function in a job.
 *
 * @param <C> the interface by which the job calls the function
 */
final class FunctionUse<C> {
    final String name;
    final String className;
    final Class<C> call;
    /** Of the version for which the job was made. */
    final FunctionSignatures signatures;
    private final Consumer<C> user;
    private volatile BoundFunction<C> current;

    FunctionUse(String name, Class<C> call, Consumer<C> user, BoundFunction<C> current) {
        this.name = name;
        this.className = current.type().getName();
        this.call = call;
        this.user = user;
        signatures = FunctionSignatures.of(call, current.type());
        bind(current);
    }

    /** What the job calls; null while the function is not there. */
    BoundFunction<C> current() {
        return current;
    }

    /** Has the job call that function from now on; null if there is none. */
    void bind(BoundFunction<C> function) {
        current = function;
        user.accept(function == null ? null : function.call());
    }

    void close() throws Exception {
        BoundFunction<C> last = current;
        if (last != null) {
            bind(null);
            last.close();
        }
    }
}
