package creek.console;

import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Tells Gogo which bundle a command's argument means, by id or symbolic name: {@code stop}, {@code update} and {@code uninstall} take
 * bundles. Gogo's own converter is part of the shell that the console stands for.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {
    private final BundleContext context;

    @Activate
    public BundleConverter(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object convert(Class<?> wanted, Object argument) {
        if (wanted != Bundle.class) {
            return null;
        }
        String text = String.valueOf(argument);
        for (Bundle bundle : context.getBundles()) {
            if (text.equals(Long.toString(bundle.getBundleId())) || text.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new IllegalArgumentException("there is no bundle " + text + "; lb lists them");
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
