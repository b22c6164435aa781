package creek.console;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Tells Gogo which bundle a command's argument means, by id, symbolic name or job: {@code stop}, {@code update} and {@code uninstall} take
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
        return wanted == Bundle.class ? find(context, String.valueOf(argument)) : null;
    }

    /** @throws IllegalArgumentException if there is no such bundle, or several are meant */
    static Bundle find(BundleContext context, String argument) {
        List<Bundle> meant = Stream.of(context.getBundles()).filter(bundle -> JobBundles.isMeant(bundle, argument)).toList();
        if (meant.size() > 1) {
            throw new IllegalArgumentException("there are several bundles " + argument + ", so name one by its id: "
                    + meant.stream().map(bundle -> bundle.getBundleId() + " is " + bundle.getVersion()).collect(Collectors.joining(", ")));
        }
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no bundle " + argument + "; lb lists them");
        }
        return meant.get(0);
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
