package creek.core.internal.registry;

import creek.core.connector.Provider;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Services that have a name, the best of each name first. Changed and read by any thread without locks. */
final class RankedServices<S> {
    /** A service and who provides it. */
    private record Entry<S>(S service, Provider provider) {
    }

    private final String nameProperty;
    private final Map<Long, Long> exchanged;
    private final Map<Key, Entry<S>> services = new ConcurrentSkipListMap<>();

    /** @param exchanged bundles that take the place of others, by the id of the other, whatever their rank */
    RankedServices(String nameProperty, Map<Long, Long> exchanged) {
        this.nameProperty = nameProperty;
        this.exchanged = exchanged;
    }

    void add(ServiceReference<S> reference, S service) {
        services.put(key(reference), new Entry<>(service, provider(reference)));
    }

    /** Removes a service; what it was, unless it was not there. */
    Optional<S> remove(ServiceReference<S> reference) {
        for (Map.Entry<Key, Entry<S>> each : services.entrySet()) {
            if (each.getKey().id == id(reference)) {
                services.remove(each.getKey());
                return Optional.of(each.getValue().service);
            }
        }
        return Optional.empty();
    }

    /** The best of that name from a provider like that. */
    Optional<S> find(String name, Predicate<Provider> accepted) {
        return best(services.entrySet().stream().filter(entry -> entry.getKey().name.equals(name)).map(Map.Entry::getValue), accepted);
    }

    /** The best of the first name for which there is one like that, from a provider like that. */
    Optional<S> find(Predicate<S> wanted, Predicate<Provider> accepted) {
        return best(services.values().stream().filter(entry -> wanted.test(entry.service)), accepted);
    }

    private Optional<S> best(Stream<Entry<S>> candidates, Predicate<Provider> accepted) {
        List<Entry<S>> all = candidates.filter(entry -> accepted.test(entry.provider)).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Entry<S> first = all.get(0);
        Long instead = exchanged.get(first.provider.bundle());
        return Optional.of(all.stream().filter(entry -> instead != null && entry.provider.bundle() == instead).findFirst().orElse(first).service);
    }

    /** Who provides the service that meets the condition. */
    Optional<Provider> provider(Predicate<S> wanted) {
        return services.values().stream().filter(entry -> wanted.test(entry.service)).map(Entry::provider).findFirst();
    }

    boolean has(ServiceReference<?> reference) {
        return services.keySet().stream().anyMatch(key -> key.id == id(reference));
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        services.keySet().forEach(key -> names.add(key.name));
        return Collections.unmodifiableSortedSet(names);
    }

    private Key key(ServiceReference<S> reference) {
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        Bundle bundle = reference.getBundle();
        return new Key(String.valueOf(reference.getProperty(nameProperty)), ranking instanceof Integer number ? number : 0,
                bundle == null ? Version.emptyVersion : bundle.getVersion(), id(reference));
    }

    static Provider provider(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? new Provider(-1, "", "", id(reference))
                : new Provider(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString(), id(reference));
    }

    private static long id(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    /** What services are ordered by: by name, and of one name the best first. */
    private record Key(String name, int ranking, Version version, long id) implements Comparable<Key> {
        private static final Comparator<Key> BEST_FIRST =
                Comparator.comparingInt(Key::ranking).thenComparing(Key::version).thenComparingLong(Key::id).reversed();
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::name).thenComparing(BEST_FIRST);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
