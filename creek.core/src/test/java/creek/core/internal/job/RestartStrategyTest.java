package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.option.OptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartStrategyTest {
    private static List<Long> delays(Map<String, String> settings, boolean checkpoints, long... failures) {
        RestartStrategy strategy = RestartStrategy.of(settings, checkpoints, () -> 0.5);
        List<Long> delays = new ArrayList<>();
        for (long time : failures) {
            Optional<Duration> delay = strategy.failed(time);
            delays.add(delay.map(Duration::toMillis).orElse(-1L));
        }
        return delays;
    }

    @Test
    void withoutCheckpoints_aJobIsNotStartedAgain() {
        assertEquals(List.of(-1L), delays(Map.of(), false, 0));
        assertEquals(List.of(-1L), delays(Map.of("restart-strategy.type", "off"), true, 0));
    }

    @Test
    void withCheckpoints_delaysGrowAndAreResetAfterAnHour() {
        assertEquals(List.of(1000L, 1500L, 2250L, 1000L), delays(Map.of(), true, 0, 10, 20, 3_700_000));
    }

    @Test
    void exponentialDelay_hasAGreatestDelayAndANumberOfAttempts() {
        assertEquals(List.of(1000L, 4000L, 5000L, -1L), delays(Map.of("restart-strategy.type", "exponential-delay",
                "restart-strategy.exponential-delay.backoff-multiplier", "4", "restart-strategy.exponential-delay.max-backoff", "5 s",
                "restart-strategy.exponential-delay.attempts-before-reset-backoff", "3"), false, 0, 1, 2, 3));
    }

    @Test
    void fixedDelay_endsAfterItsAttempts() {
        assertEquals(List.of(1000L, -1L), delays(Map.of("restart-strategy.type", "fixed-delay"), false, 0, 1));
        assertEquals(List.of(20L, 20L, -1L), delays(Map.of("restart-strategy.type", "fixeddelay", "restart-strategy.fixed-delay.attempts", "2",
                "restart-strategy.fixed-delay.delay", "20 ms"), false, 0, 1, 2));
    }

    @Test
    void failureRate_countsFailuresOfAnInterval() {
        Map<String, String> settings = Map.of("restart-strategy.type", "failure-rate",
                "restart-strategy.failure-rate.max-failures-per-interval", "2", "restart-strategy.failure-rate.failure-rate-interval", "1 s",
                "restart-strategy.failure-rate.delay", "10 ms");
        assertEquals(List.of(10L, 10L, 10L, 10L), delays(settings, false, 0, 900, 1100, 2200));
        assertEquals(List.of(10L, 10L, -1L), delays(settings, false, 0, 900, 950));
    }

    @Test
    void aStrategyThatIsNotThere_isNamedWithThoseThatAre() {
        OptionException failure = assertThrows(OptionException.class, () -> delays(Map.of("restart-strategy.type", "never"), true, 0));
        assertEquals("setting 'restart-strategy.type': 'never' is not one of 'none', 'fixed-delay', 'failure-rate', 'exponential-delay'",
                failure.getMessage());
    }
}
