package io.heatwire.ops.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.shadow.Comparison.Bucket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShadowFiguresTest {

    private static final long HOUR = 3_600_000;
    private static final long NOW = 1_800_000_000_000L;

    private final List<Comparison> comparisons = new ArrayList<>();

    private void add(long agoMs, String from, String to, String heat, String bucket, String reason, String... more) {
        List<StreamEntry.Field> fields = new ArrayList<>(List.of(
                StreamEntry.Field.of("plan_id", "p" + comparisons.size()),
                StreamEntry.Field.of("symbol", "BTCUSDT"),
                StreamEntry.Field.of("original_action", from),
                StreamEntry.Field.of("calibrated_action", to),
                StreamEntry.Field.of("heat_value", heat),
                StreamEntry.Field.of("heat_bucket", bucket),
                StreamEntry.Field.of("reason", reason)));
        for (int i = 0; i + 1 < more.length; i += 2) {
            fields.add(StreamEntry.Field.of(more[i], more[i + 1]));
        }
        comparisons.add(Comparison.of(new StreamEntry(new EntryId(NOW - agoMs, 0), fields)));
    }

    private ShadowFigures figures(long hours) {
        return figures(hours, new Intake(comparisons.size(), comparisons.size()));
    }

    private ShadowFigures figures(long hours, Intake intake) {
        return new ShadowFigures(new ShadowData(NOW, hours * HOUR, comparisons, 0, false, intake));
    }

    private void cutDown(long agoMinutes, String side, String price) {
        add(
                agoMinutes * 60_000,
                "FULL_CLOSE_PROPOSED",
                "PARTIAL_25",
                "0.1",
                "COLD",
                "portfolio_heat_cold",
                "position_side",
                side,
                "position_current_price",
                price);
    }

    private String text(ShadowFigures figures) {
        StringWriter text = new StringWriter();
        ShadowText.print("gate", figures, new PrintWriter(text, true));
        return text.toString();
    }

    /** Four proposals an hour: one downgraded in COLD, one partial in COLD, two in HOT. */
    private void day(int hours) {
        for (int hour = hours - 1; hour >= 0; hour--) {
            long ago = hour * HOUR + 30 * 60_000;
            add(ago, "FULL_CLOSE", "PARTIAL_25", "0.1", "COLD", "portfolio_heat_cold");
            add(ago - 1, "PARTIAL_50", "PARTIAL_50", "0.1", "COLD", "partial_unchanged");
            add(ago - 2, "FULL_CLOSE", "FULL_CLOSE", "0.9", "HOT", "portfolio_heat_hot");
            add(ago - 3, "FULL_CLOSE", "FULL_CLOSE", "1.5", "HOT", "portfolio_heat_hot");
        }
    }

    @Test
    void letsItGoWhenEveryCriterionIsMet() {
        day(24);

        ShadowFigures figures = figures(24);

        assertThat(figures.criteria())
                .extracting(Check::seen)
                .containsExactly(
                        "24 h of 24 h",
                        "96",
                        "100.0 % (96 of 96)",
                        "25.0 % (24 of 96)",
                        "50.0 % (24 of 48)",
                        "0.0 % (0 of 96)");
        assertThat(figures.decision()).isEqualTo("GO");
    }

    @Test
    void holdsAndSaysHowMuchDataThereIs() {
        day(6);

        assertThat(figures(24).decision()).isEqualTo("HOLD: shadow data 6 h of 24 h, proposals seen 24");
    }

    @Test
    void notesARateAboveTheUsualAndDoesNotHoldForIt() {
        day(24);
        for (int i = 0; i < 60; i++) {
            add(60_000, "FULL_CLOSE", "PARTIAL_75", "0.4", "WARM", "portfolio_heat_warm");
        }
        // 84 of 156 would be downgraded.
        assertThat(figures(24).decision()).isEqualTo("GO");
        assertThat(figures(24).criteria())
                .extracting(Check::seen)
                .contains("53.8 % (84 of 156); note: above 40 %, more than a portfolio of mixed heat gives");
    }

    @Test
    void notesAWeakEffectInColdOrWarm() {
        day(24);
        for (int i = 0; i < 72; i++) {
            add(60_000, "PARTIAL_50", "PARTIAL_50", "0.4", "WARM", "partial_unchanged");
        }
        // 24 of 168 in all, 24 of 120 below HOT.
        assertThat(figures(24).decision()).isEqualTo("GO");
        assertThat(figures(24).criteria())
                .extracting(Check::seen)
                .contains("20.0 % (24 of 120); note: not above 30 %, a weak effect: look at the examples");
    }

    @Test
    void holdsWhenHardlyAnythingWouldBeDowngraded() {
        day(24);
        for (int i = 0; i < 250; i++) {
            add(60_000, "PARTIAL_50", "PARTIAL_50", "0.4", "WARM", "partial_unchanged");
        }
        assertThat(figures(24).decision())
                .isEqualTo("HOLD: downgrade rate 6.9 % (24 of 346), downgraded in COLD or WARM 8.1 % (24 of 298)");
    }

    @Test
    void doesNotTakeAnUnknownHeatForACold() {
        day(24);
        for (int i = 0; i < 6; i++) {
            add(60_000, "FULL_CLOSE", "PARTIAL_25", "0.0", "COLD", "portfolio_state_missing");
        }

        ShadowFigures figures = figures(24);

        assertThat(figures.count(Bucket.COLD)).isEqualTo(48);
        assertThat(figures.count(Bucket.UNKNOWN)).isEqualTo(6);
        assertThat(figures.decision()).isEqualTo("HOLD: heat unknown 5.9 % (6 of 102)");
    }

    @Test
    void holdsWithNothingAtAll() {
        assertThat(figures(24).decision())
                .isEqualTo("HOLD: shadow data 0 h of 24 h, proposals seen 0, downgrade rate no proposals,"
                        + " downgraded in COLD or WARM no proposals, heat unknown no proposals");
    }

    @Test
    void holdsWhenTheGateDecidedTooFewOfWhatCame() {
        day(24);

        assertThat(figures(24, new Intake(120, 96)).decision()).isEqualTo("HOLD: proposals decided 80.0 % (96 of 120)");
        // Entries of proposals from before the time make it no more than all.
        assertThat(figures(24, new Intake(90, 96)).criteria())
                .extracting(Check::seen)
                .contains("100.0 % (90 of 90)");
    }

    @Test
    void doesNotHoldForProposalsThatNobodyCanCount() {
        day(24);

        assertThat(figures(24, Intake.UNKNOWN).decision()).isEqualTo("GO");
        assertThat(figures(24, new Intake(0, 96)).decision()).isEqualTo("GO");
        assertThat(text(figures(24, new Intake(0, 96)))).contains("ok    proposals decided: not known: ");
    }

    @Test
    void saysWhereThePriceWentAfterwards() {
        cutDown(200, "LONG", "100");
        cutDown(150, "LONG", "102");
        cutDown(145, "SHORT", "100");
        cutDown(86, "SHORT", "103");
        cutDown(4, "LONG", "90");

        // 100 to 100 after 55 min; 102 to 100 after 5 min; short 100 to 103 after 59 min; the last two have none in
        // time.
        Hindsight hindsight = figures(24).hindsight();

        assertThat(hindsight.moves()).hasSize(3);
        assertThat(hindsight.unknown()).isEqualTo(2);
        assertThat(text(figures(24)))
                .contains("full closes cut down: 100.0 % (5 of 5)")
                .contains("went on for the position 0 times, against it 2 times, not known 2;"
                        + " median -1.96 %, worst -3.00 %");
        assertThat(ShadowHtml.of("gate", figures(24))).contains("median -1.96 %, worst -3.00 %");
    }

    @Test
    void doesNotGuessWhereThePriceWent() {
        cutDown(50, "", "100");
        cutDown(40, "LONG", "none");
        cutDown(30, "LONG", "0");

        assertThat(text(figures(24))).contains("not known of any: it takes position_side, position_current_price,");
        day(24);
        assertThat(figures(24).hindsight().unknown()).isEqualTo(27);
    }

    @Test
    void saysWhyItLooksAtNoCoverage() {
        assertThat(text(figures(24))).contains("not in it: coverage by point of observation.");
        assertThat(ShadowHtml.of("gate", figures(24))).contains("not in it: coverage by point of observation.");
    }

    @Test
    void countsTimeAndHeat() {
        add(20 * 60_000, "FULL_CLOSE", "PARTIAL_25", "0.25", "COLD", "portfolio_heat_cold");
        add(16 * 60_000, "FULL_CLOSE", "FULL_CLOSE", "0.70", "HOT", "portfolio_heat_hot");
        add(5 * 60_000, "NONE", "NONE", "0.3", "WARM", "non_full_close_unchanged");

        ShadowFigures figures = figures(1);

        // 4 minutes cold; hot for the 10 minutes one proposal speaks for, of 11; warm until now.
        assertThat(figures.timeIn())
                .containsEntry(Bucket.COLD, 4 * 60_000L)
                .containsEntry(Bucket.HOT, 10 * 60_000L)
                .containsEntry(Bucket.WARM, 5 * 60_000L)
                .containsEntry(Bucket.UNKNOWN, 0L);
        assertThat(text(figures)).contains("COLD      0 h 4 min, 21.1 %", "HOT       0 h 10 min, 52.6 %");
        assertThat(figures.heats())
                .containsEntry("0.2 to 0.3", 1L)
                .containsEntry("0.3 to 0.4", 1L)
                .containsEntry("0.7 to 0.8", 1L);
        assertThat(figures.quantile(0.5)).isEqualTo(0.3);
        assertThat(figures.actions())
                .containsEntry("FULL_CLOSE to PARTIAL_25", 1L)
                .containsEntry("FULL_CLOSE, unchanged", 1L);
    }

    @Test
    void leavesWhatSomebodyWroteIntoTheStreamAsText() {
        String evil = "<script>alert(1)</script>\"'&\u001b[2J\u202E";
        add(1, evil, evil + "x", "NaN", evil, evil);

        String page = ShadowHtml.of(evil, figures(24));

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
                .contains("default-src 'none'", "prefers-color-scheme: dark")
                .doesNotContain("<script", "\u001b", "\u202E", "http://", "https://");
        assertThat(text(figures(24))).doesNotContain("\u001b", "\u202E").contains("HOLD: shadow data 1 h of 24 h");
    }
}
