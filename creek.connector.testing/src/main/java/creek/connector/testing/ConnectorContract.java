package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every connector does, read or written. Nothing of it may be left when a test is over: {@link NothingLeft}. */
@ExtendWith(NothingLeft.class)
public abstract class ConnectorContract {
    /** A folder for the test, relative to which paths in options are. */
    @TempDir
    protected Path folder;

    /** The connector; its class has a public constructor without parameters, as a service component has. */
    protected abstract Connector connector();

    /** The options of a good table; {@code connector} and {@code format} need not be among them. */
    protected abstract Map<String, String> options();

    /** The table's columns. */
    protected abstract Schema schema();

    private void check(Map<String, String> texts) {
        Connector connector = connector();
        Options options = Options.of(texts);
        options.check("connector", connector.options(), key -> connector.acceptsOption(key) || key.equals("connector") || key.equals("format"));
        connector.validate(options, schema());
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> texts = new TreeMap<>(options());
        texts.put(key, value);
        return texts;
    }

    @Test
    void when_optionsAreDeclared_then_eachHasItsNameAndSaysWhatItIs() {
        Set<String> keys = new HashSet<>();
        for (ConfigOption<?> option : connector().options()) {
            assertTrue(keys.add(option.key()), () -> option.key() + " is declared twice");
            assertTrue(option.key().matches("[a-z0-9#]+([.-][a-z0-9#]+)*"), () -> option.key() + " is not in lower case with . and - in between");
            assertFalse(option.help() == null || option.help().isBlank(), () -> option.key() + " does not say what it is");
        }
        check(options());
    }

    @Test
    void when_aKeyLooksLikeASecret_then_theOptionIsOne() {
        for (ConfigOption<?> option : connector().options()) {
            assertTrue(option.isSecret() || !option.key().matches(".*(password|secret|token).*"), () -> option.key() + " is not declared as a secret");
        }
    }

    @Test
    void when_anOptionIsNotKnown_then_itIsRefused() {
        String key = "no-such-option";
        assertEquals(key, assertThrows(OptionException.class, () -> check(with(key, "1"))).key());
    }

    @Test
    void when_aRequiredOptionIsMissing_then_thatIsSaid() {
        for (ConfigOption<?> option : connector().options()) {
            if (option.isRequired()) {
                Map<String, String> texts = new TreeMap<>(options());
                texts.remove(option.key());
                assertEquals(option.key(), assertThrows(OptionException.class, () -> check(texts)).key());
            }
        }
    }

    @Test
    void when_aValueIsNotOfTheOptionsType_then_itIsRefused() {
        for (ConfigOption<?> option : connector().options()) {
            if (option.type() != String.class) {
                OptionException refusal = assertThrows(OptionException.class, () -> check(with(option.key(), "?!")), option.key());
                assertEquals(option.key(), refusal.key());
            }
        }
    }
}
