package creek.core.connector;

/**
 * Who provides a connector, a format, a function or a state backend.
 *
 * @param bundle       the bundle's id
 * @param symbolicName the bundle's symbolic name
 * @param version      the bundle's version
 * @param service      the id of the service: another one whenever the bundle is started again or updated
 */
public record Provider(long bundle, String symbolicName, String version, long service) {
    /** For people: {@code creek.connector.file 0.1.0 [12]}. */
    @Override
    public String toString() {
        return symbolicName + ' ' + version + " [" + bundle + ']';
    }
}
