package creek.core.internal.task;

import java.util.function.Consumer;

/**
 * One use of a function in a job.
 *
 * @param <C> the interface by which the job calls the function
 */
final class FunctionUse<C> {
    final String name;
    final Class<C> call;
    private final Consumer<C> user;
    private volatile BoundFunction<C> current;

    FunctionUse(String name, Class<C> call, Consumer<C> user, BoundFunction<C> current) {
        this.name = name;
        this.call = call;
        this.user = user;
        bind(current);
    }

    BoundFunction<C> current() {
        return current;
    }

    /** Has the job call that function from now on. */
    void bind(BoundFunction<C> function) {
        current = function;
        user.accept(function.call());
    }
}
