package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, type.replaceAll(".*\\.|\\$.*", "") + ".java", line);
    }

    @Test
    void inFunction_then_namesTheMethodThatTheJobCalled_and_showsTheStackDownToIt() {
        assertEquals("""
                in the function of com.acme.Geo.eval(Geo.java:20)
                    at java.lang.Thread.sleep(Thread.java:1)
                    at com.acme.Geo.eval(Geo.java:20)""",
                Whereabouts.of(new StackTraceElement[] {frame("java.lang.Thread", "sleep", 1), frame("com.acme.Geo", "eval", 20),
                    frame("creek.job.j.Job$Calc1$CallGeoAdapter", "call", 7), frame("creek.core.internal.task.Task", "run", 3)}));
    }

    @Test
    void elsewhere_then_saysSo() {
        assertEquals("not in a function\n    at creek.core.internal.task.Task.run(Task.java:3)",
                Whereabouts.of(new StackTraceElement[] {frame("creek.core.internal.task.Task", "run", 3)}));
    }
}
