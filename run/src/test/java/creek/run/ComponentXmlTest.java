package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Descriptions of components are read as the JDK's own parser reads them. */
class ComponentXmlTest {
    private static final String TYPICAL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- made by a tool -->
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name='a "b"' activate="on">
              <property name="creek.format" type="String" value="x &lt; y &amp; z"/>
              <property name="several" type="String">one
            two &gt; zero
            </property><!-- and --><service  scope = "prototype" ><provide interface="a.B"></provide></service>
              <x xmlns="urn:other" scr:deep="1"><y/></x>
              <implementation class="größer"/>
            </scr:component>
            """;

    /** Writes down what a parser tells; texts that follow each other are one. */
    private static final class Notes extends DefaultHandler {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void startElement(String uri, String local, String name, Attributes attributes) {
            Map<String, String> sorted = new TreeMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                if (!attributes.getQName(i).startsWith("xmlns")) {
                    sorted.put("{" + attributes.getURI(i) + "}" + attributes.getLocalName(i), attributes.getValue(i));
                }
            }
            text.append("<{").append(uri).append('}').append(local).append('|').append(name).append(sorted).append('>');
        }

        @Override
        public void endElement(String uri, String local, String name) {
            text.append("</{").append(uri).append('}').append(local).append('|').append(name).append('>');
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            text.append(characters, start, length);
        }
    }

    private static String told(SAXParserFactory factory, String xml) throws Exception {
        factory.setNamespaceAware(true);
        SAXParser parser = factory.newSAXParser();
        Notes notes = new Notes();
        try {
            parser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), notes);
        } catch (SAXException | IOException e) {
            return "refused";
        }
        return notes.text.toString();
    }

    @Test
    void whatToolsWrite_isReadHere() throws Exception {
        assertTrue(new ComponentXmlReader(TYPICAL).read(new DefaultHandler()));
        assertTrue(new ComponentXmlReader(TYPICAL.replace("\n", "\r\n")).read(new DefaultHandler()));
        assertSame(TYPICAL);
        assertSame(TYPICAL.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a b=1/>", "<a b='1'c='2'/>", "<p:a/>", "<a p:b='1'/>", "<a><![CDATA[x]]></a>",
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "<a>&#65;&#x42;</a>", "<a>&nope;</a>", "<a>&lt</a>", "<a b='<'/>", "<a>]]></a>", "<?x y?><a/>", "<a/>tail", "<a/><!-- b -->",
        "<!-- a -- b --><a/>", "<a b='x\ty\nz'/>", "<a>x\r\ny\rz</a>", "<1a/>", "<a></a >", "< a/>", "<a/", "<a b='x'", "<!--", "<a xmlns:p='u'><p:b p:c='1'/></a>",
        "<a xml:lang='en'/>", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "<?xml version='1.0'?>\n<a/>", "<a xmlns='u'><b xmlns=''/></a>"})
    void allElse_isReadOrRefusedAsByTheJdk(String xml) throws Exception {
        assertSame(xml);
    }

    @Test
    void whatIsCutOff_isNotUnderstood() throws Exception {
        String whole = TYPICAL.strip();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertEquals(false, new ComponentXmlReader(cut).read(new DefaultHandler()), cut);
        }
    }

    private static void assertSame(String xml) throws Exception {
        assertEquals(told(SAXParserFactory.newDefaultInstance(), xml), told(new ComponentXmlFactory(), xml), xml);
    }

    @Test
    void othersParseWithTheJdksParser_beforeAndAfter() throws LaunchException {
        ComponentXmlFactory.during(() -> assertEquals(ComponentXmlFactory.class, SAXParserFactory.newInstance().getClass()));
        assertNull(System.getProperty("javax.xml.parsers.SAXParserFactory"));
    }
}
