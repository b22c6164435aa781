package creek.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML of the kind that tools write as descriptions of components: elements with attributes, namespaces and text in UTF-8, comments. For all else, what
 * is not well-formed included, it says no.
 */
final class ComponentXmlReader {
    private final String text;
    private int at;
    private final Deque<Element> open = new ArrayDeque<>();

    private record Element(String name, Map<String, String> namespaces) {
        String uri() {
            return namespaces.get(prefix(name));
        }

        String local() {
            return name.substring(name.indexOf(':') + 1);
        }
    }

    /** What is met that only a whole parser knows. */
    private static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownException() {
            super(null, null, false, false);
        }
    }

    ComponentXmlReader(String text) {
        this.text = text;
    }

    /** Tells the handler of all elements; whether it could. The handler may have been told a part where it couldn't. */
    boolean read(DefaultHandler handler) throws SAXException {
        try {
            handler.startDocument();
            if (text.startsWith("<?xml")) {
                String declaration = text.substring(0, after("?>"));
                if (declaration.contains("encoding") && !declaration.contains("\"UTF-8\"") && !declaration.contains("'UTF-8'")) {
                    return false;
                }
            }
            space();
            while (isNext("<!--")) {
                comment();
                space();
            }
            element(handler);
            while (!open.isEmpty()) {
                content(handler);
            }
            while (at < text.length()) {
                space();
                if (at < text.length()) {
                    comment();
                }
            }
            handler.endDocument();
            return true;
        } catch (UnknownException e) {
            return false;
        }
    }

    private void content(DefaultHandler handler) throws SAXException, UnknownException {
        if (isNext("<!--")) {
            comment();
        } else if (isNext("</")) {
            at += 2;
            end(name(), handler);
            space();
            expect('>');
        } else if (isNext("<")) {
            element(handler);
        } else {
            char[] characters = plain(text.substring(at, to('<')), false).toCharArray();
            handler.characters(characters, 0, characters.length);
        }
    }

    private void element(DefaultHandler handler) throws SAXException, UnknownException {
        expect('<');
        String name = name();
        Map<String, String> plain = new HashMap<>();
        Map<String, String> namespaces = open.isEmpty() ? Map.of("", "") : open.peek().namespaces();
        boolean spaced = space();
        for (; !isNext("/") && !isNext(">"); spaced = space()) {
            String attribute = name();
            space();
            expect('=');
            space();
            char quote = next();
            if (!spaced || quote != '"' && quote != '\'') {
                throw new UnknownException();
            }
            String value = plain(text.substring(at, to(quote)), true);
            at++;
            boolean isNamespace = attribute.equals("xmlns") || attribute.startsWith("xmlns:");
            if (isNamespace) {
                namespaces = new HashMap<>(namespaces);
                namespaces.put(attribute.substring(Math.min(attribute.length(), "xmlns:".length())), value);
            } else if (plain.put(attribute, value) != null) {
                throw new UnknownException();
            }
        }
        Element element = new Element(name, namespaces);
        open.push(element);
        handler.startElement(known(element.uri()), element.local(), name, attributes(plain, namespaces));
        if (isNext("/")) {
            at++;
            end(name, handler);
        }
        expect('>');
    }

    private void end(String name, DefaultHandler handler) throws SAXException, UnknownException {
        Element element = open.pop();
        if (!element.name().equals(name)) {
            throw new UnknownException();
        }
        handler.endElement(element.uri(), element.local(), name);
    }

    private static AttributesImpl attributes(Map<String, String> plain, Map<String, String> namespaces) throws UnknownException {
        AttributesImpl attributes = new AttributesImpl();
        for (Map.Entry<String, String> each : plain.entrySet()) {
            String name = each.getKey();
            String prefix = prefix(name);
            attributes.addAttribute(prefix.isEmpty() ? "" : known(namespaces.get(prefix)), name.substring(name.indexOf(':') + 1), name, "CDATA", each.getValue());
        }
        return attributes;
    }

    private static String prefix(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    private static <T> T known(T value) throws UnknownException {
        if (value == null) {
            throw new UnknownException();
        }
        return value;
    }

    /** Text as it is meant. */
    private static String plain(String raw, boolean ofAttribute) throws UnknownException {
        if (raw.indexOf('<') >= 0 || raw.contains("]]>")) {
            throw new UnknownException();
        }
        String lines = raw.replace("\r\n", "\n").replace('\r', '\n');
        String spaced = ofAttribute ? lines.replace('\n', ' ').replace('\t', ' ') : lines;
        if (spaced.indexOf('&') < 0) {
            return spaced;
        }
        StringBuilder plain = new StringBuilder();
        int from = 0;
        for (int mark = spaced.indexOf('&'); mark >= 0; mark = spaced.indexOf('&', from)) {
            int end = spaced.indexOf(';', mark);
            plain.append(spaced, from, mark).append(entity(spaced.substring(mark + 1, Math.max(end, mark + 1))));
            from = end + 1;
        }
        return plain.append(spaced, from, spaced.length()).toString();
    }

    private static char entity(String name) throws UnknownException {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> throw new UnknownException();
        };
    }

    private String name() throws UnknownException {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_-.:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty() || !Character.isLetter(name.charAt(0)) && name.charAt(0) != '_' || name.indexOf(':') != name.lastIndexOf(':') || name.endsWith(":")) {
            throw new UnknownException();
        }
        return name;
    }

    private void comment() throws UnknownException {
        if (!isNext("<!--")) {
            throw new UnknownException();
        }
        at += "<!--".length();
        if (text.startsWith("-->", after("--") - 2)) {
            at++;
        } else {
            throw new UnknownException();
        }
    }

    private boolean space() {
        int start = at;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at > start;
    }

    private boolean isNext(String mark) {
        return text.startsWith(mark, at);
    }

    private char next() throws UnknownException {
        if (at == text.length()) {
            throw new UnknownException();
        }
        return text.charAt(at++);
    }

    private void expect(char mark) throws UnknownException {
        if (next() != mark) {
            throw new UnknownException();
        }
    }

    /** Goes to the next of that kind. */
    private int to(char mark) throws UnknownException {
        at = text.indexOf(mark, at);
        if (at < 0) {
            throw new UnknownException();
        }
        return at;
    }

    /** Goes behind the next of that kind. */
    private int after(String mark) throws UnknownException {
        int found = text.indexOf(mark, at);
        if (found < 0) {
            throw new UnknownException();
        }
        at = found + mark.length();
        return at;
    }
}
