package io.heatwire.ops.tune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TuningRulesTest {

    private static LateFigures tenSeconds(
            long dropped, long observed, long timeouts, long redisErrors, long behind, long places, long waitMs) {
        return new LateFigures(10, dropped, observed, timeouts, redisErrors, 0, behind, places, 4, waitMs);
    }

    @Test
    void changesNothingWhileRedisFails() {
        Advice advice = TuningRules.of(tenSeconds(500, 1000, 900, 1, 0, 200, 2000));
        assertThat(advice.isChange()).isFalse();
        assertThat(advice.isCalm()).isFalse();
        assertThat(advice.why()).contains("1 observations ended as redis_error", "change none");
    }

    @Test
    void givesMorePlacesFirst() {
        Advice advice = TuningRules.of(tenSeconds(500, 1000, 0, 0, 0, 200, 2000));
        // 150 plans/s that may wait 2 s need 300 places; a quarter more is 375; doubling gives 400.
        assertThat(advice)
                .isEqualTo(new Advice(
                        "max_inflight",
                        200,
                        400,
                        "500 dropped (50.00/s); 150.0 plans/s that may wait 2.0 s (300 places)",
                        false));
    }

    @Test
    void givesAsManyPlacesAsTheArrivalsNeed() {
        Advice advice = TuningRules.of(tenSeconds(9_000, 1_000, 0, 0, 0, 200, 2000));
        // 1000/s x 2 s = 2000 places and a quarter more.
        assertThat(advice.setting()).isEqualTo("max_inflight");
        assertThat(advice.to()).isEqualTo(2_500);
    }

    @Test
    void doublesThePlacesForBurstsToo() {
        Advice advice = TuningRules.of(tenSeconds(10, 990, 0, 0, 0, 400, 2000));
        assertThat(advice)
                .isEqualTo(new Advice(
                        "max_inflight",
                        400,
                        800,
                        "10 dropped (1.00/s); 100.0 plans/s that may wait 2.0 s (200 places) would do, but more come at once",
                        false));
    }

    @Test
    void looksElsewhereWhenThereCannotBeMorePlaces() {
        Advice advice = TuningRules.of(tenSeconds(10, 990, 0, 0, 0, 1_000_000, 2000));
        assertThat(advice.isChange()).isFalse();
        assertThat(advice.why()).contains("max_inflight is at its limit: look at Redis");
    }

    @Test
    void doesNotLengthenTheWaitWhilePlansAreDropped() {
        Advice advice = TuningRules.of(tenSeconds(500, 1000, 1000, 0, 0, 200, 2000));
        assertThat(advice.setting()).isEqualTo("max_inflight");
    }

    @Test
    void lengthensTheWaitASecondAtATimeUpToFour() {
        assertThat(TuningRules.of(tenSeconds(0, 100, 51, 0, 0, 200, 2000)))
                .isEqualTo(
                        new Advice("max_wait_ms", 2000, 3000, "51 of 100 timed out and hardly any was dropped", false));
        assertThat(TuningRules.of(tenSeconds(0, 100, 51, 0, 0, 200, 3500)).to()).isEqualTo(4000);
        Advice last = TuningRules.of(tenSeconds(0, 100, 51, 0, 0, 200, 4000));
        assertThat(last.isChange()).isFalse();
        assertThat(last.why()).contains("find out why decisions take so long");
    }

    @Test
    void asksForThePlacesThatALongerWaitNeedsFirst() {
        // 80/s that may wait 3 s need 240 places.
        Advice advice = TuningRules.of(tenSeconds(0, 800, 600, 0, 0, 200, 2000));
        assertThat(advice.setting()).isEqualTo("max_inflight");
        assertThat(advice.to()).isEqualTo(300);
        assertThat(advice.why()).contains("before max_wait_ms can become 3000 there must be 240 places");
    }

    @Test
    void blamesTheStageThatWritesTheKeyWhenThatIsBehind() {
        Advice advice = TuningRules.of(tenSeconds(0, 100, 100, 0, 12, 200, 2000));
        assertThat(advice.isChange()).isFalse();
        assertThat(advice.why()).contains("12 entries behind");
    }

    @Test
    void isCalmBelowItsGuards() {
        assertThat(TuningRules.of(tenSeconds(0, 100, 50, 0, 0, 200, 2000)).isCalm())
                .isTrue();
        assertThat(TuningRules.of(tenSeconds(0, 2, 2, 0, 0, 200, 2000)).isCalm())
                .isTrue();
        LateFigures oneDropInAnHour = new LateFigures(3600, 1, 5000, 0, 0, 0, 0, 200, 4, 2000);
        assertThat(TuningRules.of(oneDropInAnHour).isCalm()).isTrue();
        assertThat(TuningRules.of(tenSeconds(0, 0, 0, 0, 0, 200, 2000)).why()).contains("no plan came");
    }

    @Test
    void doublesThePlacesWhereTheTimeIsNotKnown() {
        Advice advice = TuningRules.of(new LateFigures(0, 1, 10, 0, 0, 0, 0, 200, 4, 2000));
        assertThat(advice.setting()).isEqualTo("max_inflight");
        assertThat(advice.to()).isEqualTo(400);
    }
}
