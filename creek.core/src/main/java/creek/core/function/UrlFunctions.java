package creek.core.function;

import creek.core.data.Utf8;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL; null for what is none, or where there is no such part. */
    public static Utf8 parse(Utf8 url, Utf8 part) {
        URI uri;
        try {
            uri = new URI(url.toString());
        } catch (URISyntaxException e) {
            return null;
        }
        String found = switch (part.toString()) {
            case "HOST" -> uri.getHost();
            case "PATH" -> uri.getRawPath();
            case "QUERY" -> uri.getRawQuery();
            case "REF" -> uri.getRawFragment();
            case "PROTOCOL" -> uri.getScheme();
            case "FILE" -> uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
            case "AUTHORITY" -> uri.getRawAuthority();
            case "USERINFO" -> uri.getRawUserInfo();
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
        Matcher matcher = Pattern.compile("(?:^|&)" + Pattern.quote(key.toString()) + "=([^&]*)").matcher(query.toString());
        return matcher.find() ? Utf8.of(matcher.group(1)) : null;
    }
}
