package creek.run;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Sends what the framework has to say to {@link System.Logger}; by itself it would write to standard output, which belongs to results. */
final class FrameworkLogger extends Logger {
    private static final System.Logger LOG = System.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as it is declared there
    protected void doLog(Bundle bundle, ServiceReference reference, int level, String message, Throwable thrown) {
        doLog(level, bundle == null ? message : "bundle " + bundle + ": " + message, thrown);
    }

    @Override
    protected void doLog(int level, String message, Throwable thrown) {
        LOG.log(switch (level) {
            case LOG_ERROR -> System.Logger.Level.ERROR;
            case LOG_WARNING -> System.Logger.Level.WARNING;
            case LOG_INFO -> System.Logger.Level.INFO;
            default -> System.Logger.Level.DEBUG;
        }, message, thrown);
    }
}
