package creek.state.xodus;

import java.lang.reflect.Field;
import jetbrains.exodus.core.execution.JobProcessor;
import jetbrains.exodus.core.execution.ThreadJobProcessor;
import jetbrains.exodus.core.execution.ThreadJobProcessorPool;
import jetbrains.exodus.env.EnvironmentImpl;

/**
 * Stops the threads that Xodus starts with an environment: a cleaner of its own, and a timer, a pool's spawner and a processor of late input and
 * output, which are static and would keep the bundle's class loader. A store needs none of them: it reclaims space itself.
 */
final class XodusThreads {
    private XodusThreads() {
    }

    static void stop(EnvironmentImpl environment) {
        environment.getGC().finish();
        stopShared();
    }

    static void stopShared() {
        synchronized (ThreadJobProcessorPool.class) {
            ThreadJobProcessorPool.getProcessors().forEach(JobProcessor::finish);
            spawner().finish();
        }
    }

    private static ThreadJobProcessor spawner() {
        try {
            Field spawner = ThreadJobProcessorPool.class.getDeclaredField("SPAWNER");
            spawner.setAccessible(true);
            return (ThreadJobProcessor) spawner.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the Xodus that this bundle was made for", e);
        }
    }
}
