package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartSwitch;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.WaitReason;
import creek.core.internal.swap.WatchedCall;
import creek.core.job.JobPart.Kind;
import creek.udf.api.UserDefinedFunction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A function of a job that another bundle provides, in whatever version: all its uses in the job go over at once. */
final class ProvidedFunction extends PartUse {
    private final String name;
    private final String className;
    private final FunctionInstances functions;
    private final WatchedCall watched;

    ProvidedFunction(String name, String className, FunctionInstances functions, WatchedCall watched) {
        super("");
        this.name = name;
        this.className = className;
        this.functions = functions;
        this.watched = watched;
    }

    /**
     * Uses what is there for the first time.
     *
     * @throws creek.core.connector.MissingServiceException if nothing is
     */
    void bind(ConnectorRegistry registry) {
        setBound(List.of(find(registry)));
    }

    private BoundPart find(ConnectorRegistry registry) {
        Class<?> type = registry.functionClass(className).orElseThrow(() -> FunctionInstances.missing(name, className));
        return new BoundPart(Kind.FUNCTION, name, type, registry.providerOf(type));
    }

    @Override
    protected Optional<?> service(BoundPart part, ConnectorRegistry registry) {
        return registry.functionClass(className);
    }

    @Override
    public PartSwitch to(ConnectorRegistry registry) {
        return new Switch(List.of(find(registry)));
    }

    @Override
    public PartSwitch release(List<BoundPart> gone, WaitReason reason) {
        return new PartSwitch(this, List.of()) {
            @Override
            public List<BoundPart> changed() {
                return gone;
            }

            @Override
            public void perform() throws Exception {
                functions.release(className);
                setWaiting(reason);
            }
        };
    }

    private final class Switch extends PartSwitch {
        private final List<BoundPart> parts;
        private final List<BoundPart> oldParts;
        private FunctionRebinding rebinding;
        private volatile String goneBack;

        Switch(List<BoundPart> parts) {
            super(ProvidedFunction.this, parts);
            this.parts = parts;
            oldParts = bound();
        }

        @Override
        public void ask() throws Exception {
            Class<? extends UserDefinedFunction> newcomer = ((Class<?>) parts.get(0).service()).asSubclass(UserDefinedFunction.class);
            Callable<FunctionRebinding> call = () -> functions.prepare(className, newcomer);
            rebinding = watched.call("open function " + name, call, FunctionRebinding::drop);
        }

        @Override
        public void perform() throws Exception {
            try {
                rebinding.apply(this::failed);
            } catch (Exception e) {
                throw new NotSwitchedException(TaskException.reason(e));
            }
            setBound(parts);
        }

        private void failed(Throwable failure) {
            goneBack = TaskException.reason(failure);
            setBound(oldParts);
        }

        @Override
        public void takeBack(String reason) {
            if (goneBack != null) {
                return;
            }
            goneBack = reason;
            rebinding.takeBack();
            if (waited() != null) {
                setWaiting(waited());
            } else {
                setBound(oldParts);
            }
        }

        @Override
        public long handled() {
            return 0;
        }

        @Override
        public Optional<String> goneBack() {
            return Optional.ofNullable(goneBack);
        }

        @Override
        public void confirm() {
            rebinding.confirm();
        }

        @Override
        public void drop() {
            if (rebinding != null) {
                rebinding.drop();
            }
        }
    }
}
