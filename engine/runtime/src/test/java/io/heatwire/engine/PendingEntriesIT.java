package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.plan.SourcePlan;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was delivered before and never settled, to this consumer or to one that is gone. */
class PendingEntriesIT extends OneEngineOnRedis {

    @Test
    void takesUpItsOwnPendingEntriesFirst() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 250);
        redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "150", "STREAMS", "in", ">");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(250);
        assertThat(redis.entries("out"))
                .extracting(entry -> entry.get("n"))
                .isEqualTo(IntStream.range(0, 250).mapToObj(String::valueOf).toList());
        assertThat(count("heatwire_entries_read_total", "stage", "copy", "origin", "own_pending"))
                .isEqualTo(150);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void takesOverWhatADeadConsumerLeft() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 120);
        redis.command("XREADGROUP", "GROUP", "g", "dead", "COUNT", "120", "STREAMS", "in", ">");
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 50, 100, 200, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        settled(120);
        assertThat(redis.entries("out")).hasSize(120);
        assertThat(count("heatwire_entries_reclaimed_total", "stage", "copy")).isEqualTo(120);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void countsAndAcknowledgesPendingEntriesThatWereDeleted() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 3);
        redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "3", "STREAMS", "in", ">");
        redis.command("XTRIM", "in", "MAXLEN", "1");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(3);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("2");
        assertThat(count("heatwire_entries_lost_total", "stage", "copy", "cause", "trimmed_pending"))
                .isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void givesUpOnAnEntryThatWasDeliveredTooOften() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 2);
        for (int i = 0; i < 17; i++) {
            redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "in", i == 0 ? ">" : "0");
        }
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(2);
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("heatwire_reason")).startsWith("too_many_deliveries:"));
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("1");
    }

    @Test
    void countsWhatADeadConsumerHeldWhenTheStreamNoLongerHasIt() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 3);
        redis.command("XREADGROUP", "GROUP", "g", "dead", "COUNT", "3", "STREAMS", "in", ">");
        redis.command("XTRIM", "in", "MAXLEN", "1");
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 50, 100, 200, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        settled(3);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("2");
        assertThat(count("heatwire_entries_lost_total", "stage", "copy", "cause", "trimmed_pending"))
                .isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void countsEveryEntryThatIsTrimmedJustWhenItIsTakenOver() {
        int entries = 4000;
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        String fill = "for n = 1, ARGV[1] do redis.call('XADD', KEYS[1], n .. '-0', 'n', n) end "
                + "return #redis.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', ARGV[1], 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", fill, "1", "in", "" + entries);
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 20, 100, 1, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        while (redis.pending("in", "g") > 0) {
            // Just ahead of what is taken over next.
            String ahead = "local p = redis.call('XPENDING', KEYS[1], 'g') if p[1] == 0 then return 0 end "
                    + "return redis.call('XTRIM', KEYS[1], 'MINID', (tonumber(p[2]:match('%d+')) + ARGV[1]) .. '-0')";
            redis.command("EVAL", ahead, "1", "in", "25");
        }
        settled(entries);
        long out = redis.number("XLEN", "out");
        assertThat(out + count("heatwire_entries_lost_total", "cause", "trimmed_pending"))
                .isEqualTo(entries);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void takesUpWhatWasDeliveredUnderItsNameAndNeverArrived() {
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 2, 100, 300, 16, Map.of());
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        feed(0, 1);
        settled(1);
        // As a reply that a broken connection or a proxy swallowed: delivered to this consumer, seen by nobody.
        String strand = "for n = 1, 5 do redis.call('XADD', KEYS[1], '*', 'n', n) end "
                + "return #redis.call('XREADGROUP', 'GROUP', 'g', 'c', 'COUNT', 5, 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", strand, "1", "in");
        settled(6);
        assertThat(redis.entries("out")).hasSize(6);
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(count("heatwire_entries_refused_total", "stage", "copy")).isZero();
    }
}
