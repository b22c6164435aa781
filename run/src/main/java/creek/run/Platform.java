package creek.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.connect.ModuleConnector;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework with the bundles of a launch configuration, in one of two forms: with its classes on the class path, for what starts and ends
 * quickly, or as plain bundles, for what runs for long and has its parts replaced.
 */
public final class Platform implements AutoCloseable {
    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final String COMMAND = "(creek.command=main)";
    /** The start level of what is installed later: it starts when all of the platform has. */
    private static final int LATER = 2;

    private final Framework framework;
    private final Path home;
    private final List<String> bundles;
    private final boolean classPath;

    private Platform(Path home, LaunchConfiguration configuration, Path storage, ModuleConnector modules, Map<String, String> properties) {
        this.home = home;
        this.bundles = configuration.bundles();
        this.classPath = modules != null;
        Map<String, Object> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, storage.toAbsolutePath().toString());
        // Which of the JDK's packages use which others is read from its classes otherwise, at each start.
        all.put("felix.systempackages.calculate.uses", "false");
        if (!classPath) {
            all.put(FelixConstants.BUNDLE_STARTLEVEL_PROP, Integer.toString(LATER));
        }
        all.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLogger());
        this.framework = new Felix(all, modules);
    }

    /** A platform whose bundles' classes come from this process's class path, where class-data sharing reaches them. Nothing is kept. */
    static Platform ofClassPath(LaunchConfiguration configuration, Path storage, ClassPathModules.Contents contents,
            Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("felix.service.urlhandlers", "false");
        // What is on one class path resolves at once: no threads for it.
        all.put("felix.resolver.parallelism", "1");
        all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        return new Platform(null, configuration, storage, new ClassPathModules(contents), all);
    }

    /** A platform of plain bundles, which can be updated one by one. Bundles installed later are remembered in {@code storage}. */
    public static Platform ofBundles(Path home, LaunchConfiguration configuration, Path storage, Map<String, String> properties) {
        return new Platform(home, configuration, storage, null, properties);
    }

    /**
     * Installs what is missing, starts everything and returns when all has started.
     *
     * @throws LaunchException where a bundle is missing or doesn't resolve, naming it
     */
    public void start() throws LaunchException {
        if (classPath) {
            ComponentXmlFactory.during(this::startAll);
        } else {
            startAll();
        }
    }

    private void startAll() throws LaunchException {
        try {
            framework.init();
            List<Bundle> installed = new ArrayList<>();
            for (String name : bundles) {
                installed.add(install(name));
            }
            framework.adapt(FrameworkWiring.class).resolveBundles(installed);
            framework.start();
            for (Bundle bundle : installed) {
                bundle.start();
            }
            if (!classPath) {
                startWhatWasInstalledLater();
            }
        } catch (BundleException e) {
            throw new LaunchException("the platform can't be started: " + e.getMessage(), Launcher.FAILED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startWhatWasInstalledLater() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(LATER, event -> started.countDown());
        started.await();
    }

    private Bundle install(String name) throws BundleException, LaunchException {
        if (classPath) {
            return context().installBundle(ClassPathModules.location(name));
        }
        Path jar = home.resolve("bundles").resolve(name + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new LaunchException("the distribution has no bundle " + name + ": build it with 'mvn package'", Launcher.FAILED);
        }
        String location = "reference:" + jar.toUri();
        Bundle known = context().getBundle(location);
        if (known != null && known.getLastModified() < jar.toFile().lastModified()) {
            known.update();
        }
        Bundle bundle = known != null ? known : context().installBundle(location);
        bundle.adapt(BundleStartLevel.class).setStartLevel(1);
        return bundle;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** What runs a command line: takes the arguments and gives the exit status. A type of the JDK, since bundles share no others with us. */
    @SuppressWarnings("unchecked")
    public ToIntFunction<String[]> command() throws LaunchException {
        try {
            Collection<ServiceReference<ToIntFunction<String[]>>> found = context().getServiceReferences(
                    (Class<ToIntFunction<String[]>>) (Class<?>) ToIntFunction.class, COMMAND);
            if (found.isEmpty()) {
                throw new LaunchException("the command is not there: a service it needs is missing; --verbose shows more", Launcher.FAILED);
            }
            return context().getService(found.iterator().next());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until someone stops the framework. */
    void await() throws InterruptedException {
        while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
            // the framework was updated and is starting again
        }
    }

    @Override
    public void close() throws BundleException {
        boolean interrupted = Thread.interrupted();
        framework.stop();
        try {
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
