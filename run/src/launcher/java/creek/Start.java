package creek;

import java.lang.reflect.InvocationTargetException;

/**
 * The first class that runs of a packaged job. Compiled for Java 8, so that an older Java than the needed one can say so; all else is left to
 * {@code creek.run.PackagedJob}.
 */
public final class Start {
    private static final int NEEDED = 17;
    private static final int USAGE = 2;

    private Start() {
    }

    public static void main(String[] args) throws Throwable {
        // 1.8 up to Java 8, 9 and so on after it; creek.assumed.java is for tests, which have no such Java
        String version = System.getProperty("creek.assumed.java", System.getProperty("java.specification.version"));
        int major = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        if (major < NEEDED) {
            System.err.println("creek: Java " + NEEDED + " or later is needed; this is Java " + version + " in " + System.getProperty("java.home")
                    + ". Install one, or make the package with --with-jre, which needs none");
            System.exit(USAGE);
        }
        try {
            Class.forName("creek.run.PackagedJob").getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
