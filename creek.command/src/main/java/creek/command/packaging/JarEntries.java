package creek.command.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A jar in memory. */
final class JarEntries {
    private JarEntries() {
    }

    /** Its files by name, in their order. */
    static Map<String, byte[]> entries(String name, byte[] jar) throws PackagingException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            throw new PackagingException(name + " can't be read as a jar: " + e.getMessage(), e);
        }
    }
}
