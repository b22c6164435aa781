package creek.core.internal.job;

import creek.core.job.SwapEvent;

/** Is told by jobs, on their threads, what concerns the switching of their parts. */
interface SwapWatcher {
    /** A job runs, or what it refuses has changed: what is there may be better than what it uses. */
    void runs(ManagedJob job);

    void happened(SwapEvent event);
}
