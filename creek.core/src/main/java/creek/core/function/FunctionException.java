package creek.core.function;

import java.util.Arrays;
import java.util.List;

/** What a user-defined function throws, with the function and what it was called with. */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ARGUMENTS = 300;

    private FunctionException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The exception to throw for a call that failed.
     *
     * @param function  its name
     * @param arguments what {@code eval} was given
     */
    public static FunctionException of(String function, Throwable cause, Object[] arguments) {
        if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
            throw error;
        }
        List<String> texts = Arrays.stream(arguments).map(each -> each instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(each))
                .toList();
        String all = String.join(", ", texts);
        return new FunctionException("function " + function + "(" + (all.length() > LONGEST_ARGUMENTS ? all.substring(0, LONGEST_ARGUMENTS) + "..."
                : all) + ") failed: " + cause, cause);
    }
}
