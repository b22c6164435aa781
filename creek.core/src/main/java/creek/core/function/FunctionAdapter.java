package creek.core.function;

import java.util.function.Consumer;

/**
 * What the generated classes that call user-defined functions have in common. On the job's thread only.
 *
 * @param <C> the interface by which the job calls the function
 */
public abstract class FunctionAdapter<C> {
    private C former;
    private Consumer<Throwable> onFailure;

    /**
     * Begins a probation: a call that fails is done by the former function instead.
     *
     * @param newOnFailure told of each failure
     */
    public final void probation(C newFormer, Consumer<Throwable> newOnFailure) {
        former = newFormer;
        onFailure = newOnFailure;
    }

    /** Ends the probation. */
    public final void trust() {
        former = null;
        onFailure = null;
    }

    /** Whether calls may have to be done again by another function, so that a call must leave its arguments as they are until it succeeds. */
    protected final boolean isOnProbation() {
        return former != null;
    }

    /**
     * What does the call instead.
     *
     * @return null if there is none: the call has failed
     */
    protected final C instead(Throwable failure) {
        C instead = former;
        if (instead != null) {
            onFailure.accept(failure);
        }
        return instead;
    }
}
