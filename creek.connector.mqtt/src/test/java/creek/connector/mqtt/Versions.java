package creek.connector.mqtt;

import creek.core.connector.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Copies of the connector, each with classes of its own, client libraries included, as bundles have them. */
final class Versions {
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    /** Another copy, of which nothing is kept here. */
    Connector next() throws ReflectiveOperationException {
        URL[] places = {place(MqttConnector.class), place(org.eclipse.paho.client.mqttv3.MqttAsyncClient.class),
            place(org.eclipse.paho.mqttv5.client.MqttAsyncClient.class)};
        ClassLoader loader = new URLClassLoader(places, Versions.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("creek.connector.mqtt.") && !name.startsWith("org.eclipse.paho.")) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
            }

            @Override
            public URL getResource(String name) {
                URL own = findResource(name);
                return own == null ? super.getResource(name) : own;
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                try {
                    URL found = getResource(name);
                    return found == null ? null : found.openStream();
                } catch (IOException e) {
                    return null;
                }
            }
        };
        loaders.add(new WeakReference<>(loader));
        return (Connector) loader.loadClass(MqttConnector.class.getName()).getConstructor().newInstance();
    }

    private static URL place(Class<?> one) {
        return one.getProtectionDomain().getCodeSource().getLocation();
    }

    /** How many copies are still in use, or can't be thrown away. */
    long alive() {
        System.gc();
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** Waits until something is so, for a minute; whether it is. */
    static boolean comes(BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }
}
