package creek.core.function;

import creek.core.data.Utf8;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** URLs and their parts. */
public final class UrlFunctions {
    private UrlFunctions() {
    }

    public static Utf8 encode(Utf8 text) {
        return Utf8.of(URLEncoder.encode(text.toString(), StandardCharsets.UTF_8));
    }

    /** Null for what is not encoded so. */
    public static Utf8 decode(Utf8 text) {
        try {
            return Utf8.of(URLDecoder.decode(text.toString(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL; null for what is none to Java (as of a protocol that Java does not
     * know), or where there is no such part.
     */
    public static Utf8 parse(Utf8 url, Utf8 part) {
        URL parsed;
        try {
            parsed = new URL(url.toString());
        } catch (MalformedURLException e) {
            return null;
        }
        String found = switch (part.toString()) {
            case "HOST" -> parsed.getHost();
            case "PATH" -> parsed.getPath();
            case "QUERY" -> parsed.getQuery();
            case "REF" -> parsed.getRef();
            case "PROTOCOL" -> parsed.getProtocol();
            case "FILE" -> parsed.getFile();
            case "AUTHORITY" -> parsed.getAuthority();
            case "USERINFO" -> parsed.getUserInfo();
            default -> null;
        };
        return found == null ? null : Utf8.of(found);
    }

    /** The value of a key of the query; {@code part} must be QUERY. */
    public static Utf8 parse(Utf8 url, Utf8 part, Utf8 key) {
        Utf8 query = part.toString().equals("QUERY") ? parse(url, part) : null;
        if (query == null) {
            return null;
        }
        String entries = query.toString();
        String wanted = key + "=";
        for (int from = 0; from <= entries.length();) {
            int next = entries.indexOf('&', from);
            int end = next < 0 ? entries.length() : next;
            if (entries.startsWith(wanted, from)) {
                return Utf8.of(entries.substring(from + wanted.length(), end));
            }
            from = end + 1;
        }
        return null;
    }
}
