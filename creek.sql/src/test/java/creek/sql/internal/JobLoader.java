package creek.sql.internal;

import creek.core.internal.task.JobGraph;
import creek.core.job.JobDefinition;
import creek.sql.CompiledJob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** Loads what a job's bundle has, as a framework would. */
public final class JobLoader extends ClassLoader {
    private final Map<String, byte[]> files = new HashMap<>();

    private JobLoader() {
        super(JobLoader.class.getClassLoader());
    }

    /** The graph that a compiled job defines. */
    public static JobGraph graph(CompiledJob job) throws IOException, ReflectiveOperationException {
        JobLoader loader = new JobLoader();
        String definition;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            definition = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                loader.files.put(entry.getName(), jar.readAllBytes());
            }
        }
        JobGraph graph = new JobGraph();
        ((JobDefinition) loader.loadClass(definition).getConstructor().newInstance()).define(graph);
        return graph;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = files.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        return files.containsKey(name) ? new ByteArrayInputStream(files.get(name)) : super.getResourceAsStream(name);
    }
}
