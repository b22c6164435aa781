import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts a platform of plain bundles, as {@code creek start} does, with the bundle that measures in it. */
public final class SwapBench {
    private static final String PLATFORM = "(org\\.osgi.*|org\\.apache\\.felix\\.scr|creek\\.(udf\\.api|core|sql|connector\\.(file|datagen)))\\.jar";
    private static final int ROWS_PER_SECOND = 100_000;
    private static final int LEAST_SECONDS = 200;

    private SwapBench() {
    }

    /** @param args the folder of Creek's bundles, that of the bench's classes, a working folder, how many times, and what */
    public static void main(String[] args) throws Exception {
        Path bundles = Path.of(args[0]);
        Path classes = Path.of(args[1]);
        Path work = Path.of(args[2]);
        List<String> parts = List.of(args).subList(4, args.length);
        numbers(work.resolve("numbers"), Integer.parseInt(args[3]));
        bundle(work.resolve("function.jar"), classes, "creek/bench/function", Map.of(Constants.BUNDLE_SYMBOLICNAME, "creek.bench.function",
                Constants.IMPORT_PACKAGE, "creek.udf.api", "Service-Component", "OSGI-INF/functions.xml"),
                "<functions>" + function("Scale") + function("Absolute") + "</functions>");
        bundle(work.resolve("measurements.jar"), classes, "creek/bench", Map.of(Constants.BUNDLE_SYMBOLICNAME, "creek.bench",
                Constants.BUNDLE_ACTIVATOR, "creek.bench.Measurements", Constants.IMPORT_PACKAGE,
                "creek.core.connector,creek.core.data,creek.core.job,creek.core.option,creek.sql,org.osgi.framework"), null);
        Map<String, String> properties = new HashMap<>(Map.of(Constants.FRAMEWORK_STORAGE, work.resolve("felix").toString(),
                "creek.jobs.folder", work.resolve("jobs").toString(), "creek.bench.work", work.toString(), "creek.bench.rounds", args[3],
                "creek.bench.parts", String.join(" ", parts)));
        Framework framework = java.util.ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(properties);
        framework.start();
        try {
            List<Bundle> installed = new ArrayList<>();
            try (Stream<Path> jars = Files.list(bundles)) {
                for (Path jar : jars.sorted().toList()) {
                    String name = jar.getFileName().toString();
                    if (name.matches(PLATFORM) || parts.stream().anyMatch(part -> name.matches("creek\\.(connector\\." + part + "|" + part + "\\.client)\\.jar"))) {
                        installed.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
                    }
                }
            }
            installed.add(framework.getBundleContext().installBundle("reference:" + work.resolve("measurements.jar").toUri()));
            for (Bundle bundle : installed) {
                bundle.start();
            }
            call(framework);
        } finally {
            framework.stop();
            framework.waitForStop(20_000);
        }
    }

    @SuppressWarnings("unchecked")
    private static void call(Framework framework) throws Exception {
        Collection<ServiceReference<Callable<Void>>> found = framework.getBundleContext().getServiceReferences(
                (Class<Callable<Void>>) (Class<?>) Callable.class, "(creek.bench=swap)");
        framework.getBundleContext().getService(found.iterator().next()).call();
    }

    private static void numbers(Path file, int rounds) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS_PER_SECOND * Math.max(LEAST_SECONDS, 20 + rounds); i++) {
                writer.write(i + "\n");
            }
        }
    }

    /** How Declarative Services are told of a function. */
    private static String function(String type) {
        return """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="creek.bench.function.%1$s">
                <implementation class="creek.bench.function.%1$s"/><service><provide interface="creek.udf.api.UserDefinedFunction"/></service>
                <property name="creek.function" value="%2$s"/></scr:component>
                """.formatted(type, type.toUpperCase(Locale.ROOT));
    }

    private static void bundle(Path jar, Path classes, String folder, Map<String, String> headers, String component) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream output = new JarOutputStream(file, manifest);
                Stream<Path> found = Files.list(classes.resolve(folder))) {
            for (Path each : found.filter(Files::isRegularFile).sorted().toList()) {
                output.putNextEntry(new JarEntry(folder + "/" + each.getFileName()));
                Files.copy(each, output);
            }
            if (component != null) {
                output.putNextEntry(new JarEntry("OSGI-INF/functions.xml"));
                output.write(component.getBytes());
            }
        }
    }
}
