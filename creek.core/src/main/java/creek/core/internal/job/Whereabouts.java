package creek.core.internal.job;

import java.util.ArrayList;
import java.util.List;

/** Where a job's thread is, for people. */
final class Whereabouts {
    private static final int FRAMES = 12;

    private Whereabouts() {
    }

    /**
     * Says which function a thread is in, if it is in one, and its stack down to the function's call.
     *
     * @param stack innermost first
     */
    static String of(StackTraceElement[] stack) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            // the generated class through which a job calls a function
            if (type.startsWith("creek.job.") && type.endsWith("Adapter") && type.contains("$Call")) {
                return "in the function of " + (frames.isEmpty() ? type : frames.get(frames.size() - 1)) + "\n" + text(frames);
            }
            frames.add(frame.toString());
        }
        return "not in a function\n" + text(frames);
    }

    private static String text(List<String> frames) {
        return String.join("\n", frames.stream().limit(FRAMES).map(each -> "    at " + each).toList());
    }
}
