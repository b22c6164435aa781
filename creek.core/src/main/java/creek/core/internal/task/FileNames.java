package creek.core.internal.task;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names of jobs and tables as names of files: different ones stay different, whatever the file system makes of capitals and odd characters. */
public final class FileNames {
    private FileNames() {
    }

    /** The name, each byte of its UTF-8 form that is not a lower-case letter, a digit, '-' or '_' as {@code %} and two hexadecimal digits. */
    public static String of(String name) {
        StringBuilder text = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                text.append(c);
            } else {
                text.append(String.format("%%%02x", (int) c));
            }
        }
        return text.toString();
    }

    /** The name that {@link #of} made a file name of; the file's own if that is of somebody else's making. */
    public static String nameOf(String fileName) {
        try {
            return URLDecoder.decode(fileName.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return fileName;
        }
    }
}
