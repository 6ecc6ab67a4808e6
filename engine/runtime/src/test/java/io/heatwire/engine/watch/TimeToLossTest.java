package io.heatwire.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heatwire.contract.event.EntryId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeToLossTest {

    private final TimeToLoss timeToLoss = new TimeToLoss();
    private long nowMs = 1_000_000;

    /** Entry number n of a stream that takes 100 in a second, from second 0 on. */
    private static EntryId entry(double n) {
        return new EntryId((long) (n * 10), 0);
    }

    private double look(long added, long removed, @Nullable Double pending, @Nullable Double unread) {
        nowMs += 1000;
        return timeToLoss.look(
                nowMs,
                new GroupLook(
                        added - removed,
                        added,
                        entry(added),
                        entry(removed),
                        added == removed ? null : entry(removed + 1),
                        unread == null ? entry(added) : entry(unread - 1),
                        null,
                        pending == null ? 0 : 1,
                        null,
                        pending == null ? null : entry(pending),
                        unread == null ? null : entry(unread),
                        null,
                        null,
                        ""));
    }

    @Test
    void isNeverWhileNothingIsTrimmed() {
        for (int second = 0; second < 20; second++) {
            assertThat(look(1000 + 100L * second, 0, null, 500.0)).isEqualTo(-1);
        }
    }

    @Test
    void isTheTimeTheStreamKeepsEntriesWhenEverythingIsProcessed() {
        double seconds = 0;
        for (int second = 0; second < 20; second++) {
            seconds = look(5000 + 100L * second, 100L * second, null, null);
        }
        assertThat(seconds).isEqualTo(50);
    }

    @Test
    void fallsToNothingWhileTheStageStandsStillAndIsOverWhenItReadsOn() {
        List<Double> seconds = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            seconds.add(look(5000 + 100L * second, 1000 + 100L * second, null, 5000.0));
        }
        assertThat(seconds.get(10)).isCloseTo(30, Percentage.withPercentage(5));
        assertThat(seconds.get(30)).isCloseTo(10, Percentage.withPercentage(10));
        assertThat(seconds.subList(40, 60)).containsOnly(0.0);
        assertThat(look(11_000, 7000, null, null)).isCloseTo(40, Percentage.withPercentage(5));
    }

    @Test
    void countsFromTheOldestPendingEntry() {
        double seconds = 0;
        for (int second = 0; second < 20; second++) {
            seconds = look(10_000 + 100L * second, 100L * second, 8000.0, null);
        }
        assertThat(seconds).isCloseTo(61, within(2.0));
    }

    @Test
    void isNothingWhenAPendingEntryIsGone() {
        look(1000, 0, null, null);
        assertThat(look(1100, 100, 50.0, null)).isZero();
        assertThat(look(1200, 1200, 50.0, null)).isZero();
    }

    @Test
    void takesTheTrimOfAWholeNodeForNoPace() {
        double least = Double.MAX_VALUE;
        for (int second = 0; second < 400; second++) {
            double seconds = look(5000 + second, 100L * ((second + 50) / 100), null, null);
            least = second > 100 && seconds >= 0 ? Math.min(least, seconds) : least;
        }
        assertThat(least).isBetween(2500.0, 5000.0);
    }

    @Test
    void feelsSoonThatThePaceHasRisen() {
        for (int second = 0; second < 300; second++) {
            look(100_000 + second, second, null, 50_000.0);
        }
        double seconds = 0;
        for (int second = 0; second < 10; second++) {
            seconds = look(101_000 + 1000L * second, 1000 + 1000L * second, null, 50_000.0);
        }
        assertThat(seconds).isLessThan(60);
    }

    @Test
    void beginsAnewWhenTheStreamWasDeleted() {
        look(5000, 1000, null, null);
        look(5100, 1100, null, null);
        assertThat(look(10, 0, null, null)).isEqualTo(-1);
        assertThat(look(20, 0, null, null)).isEqualTo(-1);
    }
}
