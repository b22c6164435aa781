package creek.sql.internal.statement;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.option.OptionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
    @ParameterizedTest
    @CsvSource({"execution.checkpointing.intervall,execution.checkpointing.interval", "state.backend.typ,state.backend.type",
        "execution.state-recovery.pat,execution.state-recovery.path", "restart-strategy.fixed-delay.attempt,restart-strategy.fixed-delay.attempts",
        "state.snapshots.every,state.snapshot.every"})
    void when_aNameOfWhichSafetyDependsIsMisspelt_then_refusedWithTheRightOne(String key, String right) {
        String message = assertThrows(OptionException.class, () -> SettingNames.check(key)).getMessage();
        assertTrue(message.startsWith("there is no setting '" + key + "'; did you mean '" + right + "'? there are "), message);
    }

    @Test
    void when_nothingIsSimilar_then_theMessageSaysWhatThereIs() {
        assertEquals("there is no setting 'execution.state-recovery.whatever'; there are execution.state-recovery.ignore-unclaimed-state, "
                + "execution.state-recovery.path", assertThrows(OptionException.class, () -> SettingNames.check("execution.state-recovery.whatever")).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"execution.checkpointing.interval", "state.backend.xodus.cache.size", "state.backend.rocksdb.memory.managed",
        "table.exec.state.ttl", "pipeline.name", "my.own"})
    void when_aNameIsKnownOrNobodysBusiness_then_nothingIsSaid(String key) {
        assertDoesNotThrow(() -> SettingNames.check(key));
        assertEquals(Optional.empty(), SettingNames.warning(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"execution.checkpointing.mode", "state.checkpoints.dir", "table.optimizer.agg-phase-strategy", "restart-strategy"})
    void when_flinkHasASettingThatHasNoEffectHere_then_itIsWarnedOf(String key) {
        assertDoesNotThrow(() -> SettingNames.check(key));
        assertEquals(Optional.of("setting '" + key + "' is one of Flink's that have no effect here"), SettingNames.warning(key));
    }

    @Test
    void when_anotherNameIsMisspelt_then_itIsWarnedOf() {
        assertEquals(Optional.of("setting 'table.exec.state.tll' is not known and has no effect; did you mean 'table.exec.state.ttl'?"),
                SettingNames.warning("table.exec.state.tll"));
        assertEquals(Optional.of("setting 'table.exec.whatever' is not known and has no effect"), SettingNames.warning("table.exec.whatever"));
    }
}
