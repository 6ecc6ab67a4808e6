package io.heatwire.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.watch.GroupAccount.Cause;
import io.heatwire.engine.watch.GroupAccount.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupAccountTest {

    private final Map<Cause, Long> counted = new EnumMap<>(Cause.class);
    private GroupAccount account = new GroupAccount();
    private ModelGroup group = new ModelGroup(false);

    private void look() {
        look(account);
    }

    private void look(GroupAccount by) {
        Finding finding = by.look(group.look());
        if (finding != null) {
            group.write(finding.account());
            finding.lost().forEach((cause, entries) -> counted.merge(cause, entries, Long::sum));
        }
    }

    private long lost() {
        return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A group that has settled 100 entries and was looked at. */
    private void begin(boolean isNewer) {
        group = new ModelGroup(isNewer);
        group.add(100);
        group.deliver(100);
        group.commit(100);
        look();
        look();
        assertThat(counted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWhatWasTrimmedBeforeItWasDelivered(boolean isNewer) {
        begin(isNewer);
        group.add(50);
        look();
        assertThat(group.trimTo(20)).isEqualTo(30);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.TRIMMED_UNREAD, 30L));
        group.deliver(20);
        look();
        group.commit(20);
        look();
        assertThat(lost()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWhatWasTrimmedBetweenTwoLooksThoughTheGroupHasReadOnSince(boolean isNewer) {
        begin(isNewer);
        group.add(200);
        group.deliver(10);
        look();
        group.trimTo(150);
        group.deliver(60);
        group.commit(60);
        look();
        group.deliver(1000);
        group.commit(1000);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.TRIMMED_UNREAD, 40L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWhatSomebodyTookFromThePendingOnes(boolean isNewer) {
        begin(isNewer);
        group.add(20);
        group.deliver(12);
        look();
        group.removePending(5);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.REMOVED, 5L));
        group.commit(7);
        group.deliver(8);
        look();
        assertThat(lost()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWhatTheGroupWasSetPast(boolean isNewer) {
        begin(isNewer);
        group.add(30);
        look();
        group.setTo(group.added());
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.SKIPPED, 30L));
        group.add(3);
        group.deliver(3);
        group.commit(3);
        look();
        assertThat(lost()).isEqualTo(30);
    }

    @Test
    void countsOnceThoughTwoEnginesLook() {
        begin(false);
        GroupAccount other = new GroupAccount();
        look(other);
        group.add(30);
        group.trimTo(10);
        Finding one = account.look(group.look());
        Finding same = other.look(group.look());
        assertThat(one).isEqualTo(same);
        assertThat(one.lost()).containsExactly(Map.entry(Cause.TRIMMED_UNREAD, 20L));
        group.write(one.account());
        assertThat(account.look(group.look())).isNull();
        assertThat(other.look(group.look())).isNull();
    }

    @Test
    void countsAtTheStartWhatWasLostWhileNoEngineRan() {
        begin(false);
        group.add(40);
        group.deliver(10);
        look();
        group.removePending(4);
        group.trimTo(20);
        account = new GroupAccount();
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.TRIMMED_UNREAD, 10L), Map.entry(Cause.REMOVED, 4L));
        account = new GroupAccount();
        look();
        assertThat(lost()).isEqualTo(14);
    }

    @Test
    void countsWhatTheSavedOffsetShowsThoughNobodyLookedBefore() {
        group.add(20);
        group.deliver(20);
        group.commit(10);
        group.removePending(3);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.REMOVED, 3L));
    }

    @Test
    void countsWhatWasSkippedThoughNobodyLookedBefore() {
        group.add(20);
        group.deliver(20);
        group.commit(15);
        group.removePending(2);
        group.add(30);
        group.setTo(group.added());
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.SKIPPED, 32L));
    }

    /** A group over a stream that was trimmed before, and nobody has looked. */
    private void open(boolean isNewer) {
        group = new ModelGroup(isNewer);
        group.add(30);
        group.trimTo(20);
        group.open();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWhatIsTrimmedBetweenTheOpeningOfTheGroupAndTheFirstLook(boolean isNewer) {
        open(isNewer);
        group.add(10);
        group.trimTo(5);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.TRIMMED_UNREAD, 25L));
        group.deliver(5);
        group.commit(5);
        look();
        look();
        assertThat(lost()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesTheCauseOfWhatIsLostBeforeTheFirstLook(boolean isNewer) {
        open(isNewer);
        group.deliver(12);
        group.commit(5);
        group.removePending(3);
        group.deliver(8);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.REMOVED, 3L));
        counted.clear();
        open(isNewer);
        group.setTo(group.added());
        look(new GroupAccount());
        assertThat(counted).containsExactly(Map.entry(Cause.SKIPPED, 20L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesTheCauseOfWhatIsLostAfterALookAtWhichRedisDidNotCountYet(boolean isNewer) {
        group = new ModelGroup(isNewer);
        group.open();
        look();
        group.add(25);
        group.deliver(20);
        group.commit(20);
        group.deliver(5);
        group.removePending(5);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.REMOVED, 5L));
    }

    @Test
    void countsNoLossWhenAServerHasComeBackWithACountThatIsTooLow() {
        begin(false);
        group.add(100);
        group.deliver(20);
        group.commit(20);
        look();
        group.forgetReads(15);
        group.deliver(10);
        look();
        group.commit(10);
        look();
        group.deliver(20);
        group.commit(20);
        look();
        group.deliver(50);
        group.commit(50);
        look();
        look();
        assertThat(lost()).isZero();
        group.add(10);
        group.setTo(group.added());
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.SKIPPED, 10L));
    }

    @Test
    void takesAReplayForNoLoss() {
        begin(false);
        group.add(20);
        group.deliver(20);
        look();
        group.setTo(50);
        look();
        group.deliver(30);
        look();
        group.commit(15);
        look();
        group.deliver(100);
        look();
        group.commit(100);
        look();
        assertThat(counted).isEmpty();
        group.add(10);
        group.deliver(10);
        group.removePending(2);
        look();
        assertThat(counted).containsExactly(Map.entry(Cause.REMOVED, 2L));
    }

    @Test
    void saysNothingOfAStageThatHasNeverCommitted() {
        group.add(10);
        look();
        group.trimTo(2);
        look();
        assertThat(counted).isEmpty();
    }

    @Test
    void beginsAnewWhenSettledEntriesCouldNotBeSaved() {
        begin(false);
        group.add(10);
        group.deliver(10);
        group.removePending(10);
        Finding again = account.again(group.look());
        assertThat(again.lost()).isEmpty();
        group.write(again.account());
        look();
        assertThat(counted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsNothingInAnyHealthyHistory(boolean isNewer) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            account = new GroupAccount();
            group = new ModelGroup(isNewer);
            if (seed % 2 == 0) {
                open(isNewer);
            }
            for (int step = 0; step < 200; step++) {
                healthy(random);
                if (random.nextInt(4) == 0) {
                    look();
                }
                if (random.nextInt(40) == 0) {
                    account = new GroupAccount();
                }
            }
            assertThat(counted).as("seed %s", seed).isEmpty();
        }
    }

    private void healthy(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> group.add(random.nextInt(30));
            case 1 -> group.deliver(random.nextInt(30));
            case 2 -> group.commit(random.nextInt(30));
            default -> trimProcessed(random);
        }
    }

    private void trimProcessed(Random random) {
        int kept = (int) group.unread() + random.nextInt(20);
        assertThat(group.trimTo(kept)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsEveryLossOnceInAnyHistory(boolean isNewer) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            counted.clear();
            account = new GroupAccount();
            if (seed % 2 == 0) {
                open(isNewer);
            } else {
                begin(isNewer);
            }
            long lost = 0;
            for (int step = 0; step < 150; step++) {
                healthy(random);
                lost += random.nextInt(10) == 0 ? fault(random) : 0;
                if (random.nextInt(3) == 0) {
                    look();
                    assertThat(lost()).as("seed %s, step %s", seed, step).isLessThanOrEqualTo(lost);
                }
                if (random.nextInt(40) == 0) {
                    account = new GroupAccount();
                }
            }
            group.deliver(10_000);
            look();
            assertThat(lost()).as("seed %s", seed).isEqualTo(lost);
        }
    }

    private long fault(Random random) {
        List<Long> entries = group.entries();
        return switch (random.nextInt(4)) {
            case 0 -> group.trimTo(random.nextInt(20));
            case 1 -> group.removePending(random.nextInt(5));
            case 2 ->
                entries.isEmpty() || entries.get(entries.size() - 1) < group.delivered()
                        ? 0
                        : group.setTo(entries.get(entries.size() - 1));
            default -> entries.isEmpty() ? 0 : group.delete(entries.get(random.nextInt(entries.size())));
        };
    }
}
