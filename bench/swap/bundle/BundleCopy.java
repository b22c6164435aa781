package creek.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;

/** Another version of a bundle: the same with another number. In a file, as those who install one have it: in memory it would be in the collector's way. */
final class BundleCopy {
    private BundleCopy() {
    }

    static void write(Path jar, String version, Path copied) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(file.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream copy = new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(copied)), manifest)) {
                copy.setLevel(Deflater.BEST_SPEED);
                for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        copy.putNextEntry(new JarEntry(entry.getName()));
                        file.getInputStream(entry).transferTo(copy);
                    }
                }
            }
        }
    }
}
