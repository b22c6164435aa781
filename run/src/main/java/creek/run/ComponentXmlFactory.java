package creek.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXNotSupportedException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What Declarative Services reads descriptions of components with while a platform of the class path starts. The JDK's own parser costs more memory and time
 * than all the descriptions together: it is asked only for what {@link ComponentXmlReader} doesn't know. Public for the JDK, which makes it by its name.
 */
public final class ComponentXmlFactory extends SAXParserFactory {
    private static final String PROPERTY = "javax.xml.parsers.SAXParserFactory";

    /** Has what is done meanwhile parsed in this way. */
    static void during(Start start) throws LaunchException {
        String before = System.setProperty(PROPERTY, ComponentXmlFactory.class.getName());
        try {
            start.run();
        } finally {
            if (before == null) {
                System.clearProperty(PROPERTY);
            } else {
                System.setProperty(PROPERTY, before);
            }
        }
    }

    /** The start of a platform. */
    interface Start {
        void run() throws LaunchException;
    }

    @Override
    public SAXParser newSAXParser() throws ParserConfigurationException, SAXException {
        return isNamespaceAware() && !isValidating() ? new Parser() : jdk().newSAXParser();
    }

    private SAXParserFactory jdk() {
        SAXParserFactory factory = newDefaultInstance();
        factory.setNamespaceAware(isNamespaceAware());
        factory.setValidating(isValidating());
        return factory;
    }

    @Override
    public void setFeature(String name, boolean value) throws SAXNotRecognizedException {
        throw new SAXNotRecognizedException(name);
    }

    @Override
    public boolean getFeature(String name) throws SAXNotRecognizedException {
        throw new SAXNotRecognizedException(name);
    }

    private final class Parser extends SAXParser {
        @Override
        public void parse(InputStream stream, DefaultHandler handler) throws SAXException, IOException {
            byte[] bytes = stream.readAllBytes();
            String text = new String(bytes, StandardCharsets.UTF_8);
            // nothing is told to the handler before all is known to be understood
            if (new ComponentXmlReader(text).read(new DefaultHandler())) {
                new ComponentXmlReader(text).read(handler);
            } else {
                jdks().parse(new ByteArrayInputStream(bytes), handler);
            }
        }

        private SAXParser jdks() throws SAXException {
            try {
                return jdk().newSAXParser();
            } catch (ParserConfigurationException e) {
                throw new SAXException(e);
            }
        }

        @Override
        @Deprecated
        @SuppressWarnings("deprecation")
        public org.xml.sax.Parser getParser() throws SAXException {
            return jdks().getParser();
        }

        @Override
        public XMLReader getXMLReader() throws SAXException {
            return jdks().getXMLReader();
        }

        @Override
        public boolean isNamespaceAware() {
            return true;
        }

        @Override
        public boolean isValidating() {
            return false;
        }

        @Override
        public void setProperty(String name, Object value) throws SAXNotSupportedException {
            throw new SAXNotSupportedException(name);
        }

        @Override
        public Object getProperty(String name) throws SAXNotSupportedException {
            throw new SAXNotSupportedException(name);
        }
    }
}
