package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private static final long BEGAN = 1_700_000_010_000L;

    private final History history = new History();

    @Test
    void knowsNoRateBeforeItHasSeenAnything() {
        assertThat(history.perMinute("read", at(0, 5))).isEqualTo(-1);
        history.add(at(0, 5));
        assertThat(history.perMinute("read", at(100, 6))).isEqualTo(-1);
        assertThat(history.perMinute("other", at(10_000, 6))).isEqualTo(-1);
    }

    @Test
    void ratesByTheLastMinuteOnly() {
        history.add(at(0, 0));
        for (long s = 5; s <= 300; s += 5) {
            history.add(at(s * 1000, s < 240 ? s * 100 : 24_000));
        }
        assertThat(history.perMinute("read", at(300_000, 24_000))).isZero();
        assertThat(history.perMinute("read", at(300_000, 24_030))).isEqualTo(30);
    }

    @Test
    void ratesByWhatItKnowsOfAYoungProcess() {
        history.add(at(0, 0));
        assertThat(history.perMinute("read", at(10_000, 20))).isEqualTo(120);
    }

    @Test
    void doesNotCountOverTheFreshStartOfACounter() {
        history.add(at(0, 1_000));
        history.add(at(5_000, 3));
        assertThat(history.perMinute("read", at(15_000, 6))).isEqualTo(18);
    }

    @Test
    void dividesTheLastTenMinutesIntoSteps() {
        for (long s = 0; s <= 1200; s += 5) {
            history.add(at(s * 1000, s));
        }
        assertThat(history.steps("read", at(1_200_000, 1_203)))
                .hasSize(History.STEPS)
                .startsWith(15L)
                .contains(15L)
                .doesNotContain(-1L);
    }

    @Test
    void countsTheStepInWhichItBegan() {
        history.add(at(4_000, 2));
        history.add(at(14_000, 9));
        history.add(at(19_000, 12));
        assertThat(history.steps("read", at(20_000, 13)).subList(History.STEPS - 3, History.STEPS))
                .containsExactly(-1L, 7L, 4L);
    }

    @Test
    void leavesStepsBeforeTheStartUnknown() {
        history.add(at(0, 0));
        history.add(at(5_000, 4));
        assertThat(history.steps("read", at(6_000, 5)).subList(0, History.STEPS - 2))
                .containsOnly(-1L);
    }

    private static Totals at(long afterMs, double read) {
        return new Totals(BEGAN + afterMs, Map.of("read", read));
    }
}
