package creek.console;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a command has asked for, but not for ever. */
final class Waiting {
    private static final long MINUTES = 10;

    private Waiting() {
    }

    static <T> T await(CompletableFuture<T> wish) throws Exception {
        try {
            return wish.get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new TimeoutException("it is still under way after " + MINUTES + " minutes");
        }
    }
}
