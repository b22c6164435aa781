package creek.core.internal.task;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Replaces a function in all its uses. */
final class FunctionSwap implements FunctionRebinding {
    private static final Logger LOG = System.getLogger(FunctionSwap.class.getName());

    private final Consumer<FunctionSwap> begun;
    private final Consumer<FunctionSwap> ended;
    private final List<Change<?>> changes = new ArrayList<>();

    /** What is in use and what is not, of one use: they change places when the newcomer comes and when it is taken back. */
    private static final class Change<C> {
        private final FunctionUse<C> use;
        private final BoundFunction<C> newcomer;
        private BoundFunction<C> idle;

        Change(FunctionUse<C> use, BoundFunction<C> newcomer) {
            this.use = use;
            this.newcomer = newcomer;
            idle = newcomer;
        }

        void begin(Consumer<Throwable> failed) {
            BoundFunction<C> old = use.current();
            if (old != null) {
                newcomer.adapter().probation(old.call(), failed);
            }
            use.bind(newcomer);
            idle = old;
        }

        void takeBack() {
            if (idle != newcomer) {
                use.bind(idle);
                idle = newcomer;
            }
        }

        void end() {
            newcomer.adapter().trust();
            if (idle != null) {
                close(idle);
            }
        }
    }

    /**
     * @param begun told when the job begins to call the newcomer
     * @param ended told when one of both versions is let go of
     */
    FunctionSwap(Consumer<FunctionSwap> begun, Consumer<FunctionSwap> ended) {
        this.begun = begun;
        this.ended = ended;
    }

    <C> void add(FunctionUse<C> use, BoundFunction<C> newcomer) {
        changes.add(new Change<>(use, newcomer));
    }

    @Override
    public void apply(Consumer<Throwable> failed) {
        begun.accept(this);
        boolean[] told = {false};
        changes.forEach(change -> change.begin(failure -> {
            if (!told[0]) {
                told[0] = true;
                takeBack();
                failed.accept(failure);
            }
        }));
    }

    @Override
    public void takeBack() {
        changes.forEach(Change::takeBack);
    }

    @Override
    public void confirm() {
        ended.accept(this);
        changes.forEach(Change::end);
        changes.clear();
    }

    @Override
    public void drop() {
        changes.forEach(change -> close(change.newcomer));
        changes.clear();
    }

    /** A function that is not used any more does no harm if it fails now. */
    private static void close(BoundFunction<?> function) {
        try {
            function.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
    }
}
