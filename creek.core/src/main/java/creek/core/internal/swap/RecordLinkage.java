package creek.core.internal.swap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.List;

/**
 * Java 17 holds the record class whose {@code equals}, {@code hashCode} or {@code toString} was linked last, until another one's is (JDK-8078641), and so the
 * class loader of a bundle that may be gone by then. Thread-safe.
 */
final class RecordLinkage {
    private record Own(Own part) {
    }

    private RecordLinkage() {
    }

    /** Has it hold a record of the engine's instead. */
    static void letGo() {
        try {
            Lookup lookup = MethodHandles.lookup();
            MethodHandle part = lookup.findVirtual(Own.class, "part", MethodType.methodType(Own.class));
            for (String method : List.of("equals", "hashCode", "toString")) {
                ObjectMethods.bootstrap(lookup, method, MethodHandle.class, Own.class, "part", part);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("records can't be linked", e);
        }
    }
}
