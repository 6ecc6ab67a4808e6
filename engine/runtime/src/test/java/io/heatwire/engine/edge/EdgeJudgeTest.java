package io.heatwire.engine.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.edge.Edge.Kind;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgeJudgeTest {

    private static EdgeWorld reader() {
        return new EdgeWorld(Kind.READS, 60_000);
    }

    @Test
    void isUnknownBeforeTheFirstLook() {
        assertThat(reader().state()).isEqualTo(EdgeState.UNKNOWN);
        assertThat(reader().edge().isClosed(EdgeState.UNKNOWN)).isTrue();
    }

    @Test
    void flowsWhileEntriesComeAndAreSettled() {
        EdgeWorld world = reader();
        for (int second = 0; second < 60; second++) {
            world.flow(1 + second % 7).look();
            assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        }
        assertThat(world.changes()).isEqualTo(1);
    }

    @Test
    void isIdleWhileTheSilenceIsNormalAndDormantWhenItIsLonger() {
        EdgeWorld world = reader().flow(1).look().looks(9);
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        assertThat(world.looks(45).state()).isEqualTo(EdgeState.IDLE);
        assertThat(world.looks(10).state()).isEqualTo(EdgeState.DORMANT);
        assertThat(world.why())
                .isEqualTo("the last entry came 65 s ago, and 60 s is the longest silence that is normal");
        assertThat(world.flow(1).look().state()).isEqualTo(EdgeState.FLOWING);
    }

    @Test
    void aStreamThatFellSilentLongAgoIsDormantAtTheFirstLook() {
        EdgeWorld world = reader().oldEntry(30L * 24 * 3_600_000).look();
        assertThat(world.state()).isEqualTo(EdgeState.DORMANT);
        assertThat(world.why()).startsWith("the last entry came 2592001 s ago");
    }

    @Test
    void aStreamThatNeverHadAnEntryIsDormantAfterItsPace() {
        EdgeWorld world = reader().looks(60);
        assertThat(world.state()).isEqualTo(EdgeState.IDLE);
        assertThat(world.looks(2).state()).isEqualTo(EdgeState.DORMANT);
        assertThat(world.why()).startsWith("no entry ever, for 61 s");
    }

    @Test
    void isNeverDormantWithoutAPace() {
        EdgeWorld world = new EdgeWorld(Kind.READS, 0).oldEntry(30L * 24 * 3_600_000);
        assertThat(world.looks(100).state()).isEqualTo(EdgeState.IDLE);
    }

    @Test
    void isStarvedWhenThereAreEntriesAndTheGroupIsGivenNone() {
        EdgeWorld world = reader().flow(1).look().add(5).looks(9);
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        assertThat(world.look().state()).isEqualTo(EdgeState.STARVED);
        assertThat(world.why())
                .isEqualTo("5 entries are there to read, the group was given none for 10 s and stands at 1-1");
        assertThat(world.deliver(5).settle(5).look().state()).isEqualTo(EdgeState.IDLE);
    }

    @Test
    void isStarvedWhenSomebodyElseIsGivenTheEntriesOfItsGroup() {
        EdgeWorld world = reader().flow(1).look();
        for (int second = 0; second < 12; second++) {
            world.add(2).stolen(2).look();
        }
        assertThat(world.state()).isEqualTo(EdgeState.STARVED);
        assertThat(world.why()).contains("another program reads this group");
    }

    @Test
    void isStalledWhenGivenEntriesAreNotSettled() {
        EdgeWorld world = reader().flow(1).look().add(200).deliver(200).looks(14);
        assertThat(world.state()).isEqualTo(EdgeState.IDLE);
        assertThat(world.look().state()).isEqualTo(EdgeState.STALLED);
        assertThat(world.why()).isEqualTo("200 entries are pending, the first is 1-2, and none was settled for 15 s");
        assertThat(world.settle(1).look().state()).isIn(EdgeState.FLOWING, EdgeState.IDLE);
    }

    @Test
    void isNeitherStalledNorStarvedWhileOldEntriesAreSettledOneByOne() {
        EdgeWorld world = reader().add(1_000).deliver(300);
        for (int second = 0; second < 100; second++) {
            world.settle(second % 10 == 0 ? 1 : 0).look();
            assertThat(world.state()).isIn(EdgeState.FLOWING, EdgeState.IDLE, EdgeState.DORMANT);
        }
    }

    @Test
    void isBlockedWhileTheCommitWaitsAndNotStalledThen() {
        EdgeWorld world =
                reader().flow(1).look().add(5).deliver(5).waiting("FULL").looks(3);
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        assertThat(world.look().state()).isEqualTo(EdgeState.BLOCKED);
        assertThat(world.looks(30).state()).isEqualTo(EdgeState.BLOCKED);
        assertThat(world.why()).isEqualTo("Redis refuses for now: FULL");
        assertThat(world.waiting("").settle(5).look().state()).isEqualTo(EdgeState.IDLE);
    }

    @Test
    void saysThatTheGroupIsLostWhenItStaysLost() {
        EdgeWorld world =
                reader().flow(1).look().presence(Presence.WITHOUT_GROUP).looks(3);
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        assertThat(world.look().state()).isEqualTo(EdgeState.LOST_GROUP);
        assertThat(world.edge().isClosed(world.state())).isTrue();
        assertThat(world.presence(Presence.THERE).look().state()).isEqualTo(EdgeState.FLOWING);
    }

    @Test
    void aGroupThatIsCreatedAgainAtOnceIsNobodysBusiness() {
        EdgeWorld world = reader().flow(1).look();
        world.presence(Presence.WITHOUT_GROUP).look().presence(Presence.THERE).looks(5);
        assertThat(world.changes()).isEqualTo(1);
    }

    @Test
    void isAbsentWithoutTheStream() {
        EdgeWorld world = reader().presence(Presence.ABSENT).looks(5);
        assertThat(world.state()).isEqualTo(EdgeState.ABSENT);
        assertThat(world.why()).isEqualTo("stream is not there");
        assertThat(world.edge().isClosed(world.state())).isTrue();
    }

    @Test
    void isAMismatchWhenNoneOfTheNewestEntriesFits() {
        EdgeWorld world = reader().flow(5).fields(5, 1).looks(10);
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        world.flow(5).fields(5, 0).looks(4);
        assertThat(world.state()).isEqualTo(EdgeState.MISMATCH);
        assertThat(world.why())
                .isEqualTo(
                        "none of the newest 5 entries has what is needed; the newest lacks action and has harvest_action");
        assertThat(world.fields(5, 1).look().state()).isEqualTo(EdgeState.FLOWING);
    }

    @Test
    void aWriterWithoutItsStreamIsIdleUntilItHasWrittenAndThenTheStreamIsMissed() {
        EdgeWorld world =
                new EdgeWorld(Kind.WRITES, 0).presence(Presence.ABSENT).looks(60);
        assertThat(world.state()).isEqualTo(EdgeState.IDLE);
        world.presence(Presence.THERE).add(1).look();
        assertThat(world.state()).isEqualTo(EdgeState.FLOWING);
        world.presence(Presence.ABSENT).looks(5);
        assertThat(world.state()).isEqualTo(EdgeState.ABSENT);
        assertThat(world.why()).isEqualTo("stream is gone");
    }

    @Test
    void aValueThatIsNotSetIsWellAndAHashThatIsNotThereOnlyWithoutAPace() {
        EdgeWorld value =
                new EdgeWorld(Kind.LOOKS_UP_VALUE, 0).presence(Presence.ABSENT).looks(60);
        EdgeWorld hash =
                new EdgeWorld(Kind.LOOKS_UP_HASH, 0).presence(Presence.ABSENT).looks(60);
        EdgeWorld paced = new EdgeWorld(Kind.LOOKS_UP_HASH, 5_000)
                .presence(Presence.ABSENT)
                .looks(60);

        assertThat(value.state()).isEqualTo(EdgeState.IDLE);
        assertThat(hash.state()).isEqualTo(EdgeState.ABSENT);
        assertThat(hash.edge().isWell(EdgeState.ABSENT)).isTrue();
        assertThat(paced.state()).isEqualTo(EdgeState.ABSENT);
        assertThat(paced.edge().isWell(EdgeState.ABSENT)).isFalse();
        assertThat(paced.edge().isClosed(EdgeState.ABSENT)).isFalse();
    }

    @Test
    void isUnknownWhenRedisDoesNotAnswerForLongAndBlamesNobodyForThatTime() {
        EdgeWorld world =
                reader().add(9).deliver(3).looks(5).presence(Presence.UNKNOWN).looks(4);
        assertThat(world.state()).isEqualTo(EdgeState.UNKNOWN);
        world.looks(100).presence(Presence.THERE).look();
        assertThat(world.state()).isNotIn(EdgeState.STALLED, EdgeState.STARVED, EdgeState.UNKNOWN);
        assertThat(world.looks(16).state()).isEqualTo(EdgeState.STALLED);
    }

    @Test
    void aProcessThatWasStoppedBlamesNobodyForThatTime() {
        EdgeWorld world = reader().add(9).deliver(3).looks(5).lookAfter(60_000);
        assertThat(world.state()).isNotIn(EdgeState.STALLED, EdgeState.STARVED);
    }

    @Test
    void whatComesAndGoesWithinTheHoldIsNotSaid() {
        EdgeWorld world = reader().flow(1).look();
        for (int second = 0; second < 60; second++) {
            world.flow(1).waiting(second % 3 == 0 ? "" : "OOM").look();
        }
        assertThat(world.changes()).isEqualTo(1);
    }

    @Test
    void severalThingsWrongInTurnAreStillSaid() {
        EdgeWorld world = reader().flow(1).look();
        for (int second = 0; second < 10; second++) {
            world.presence(second % 2 == 0 ? Presence.ABSENT : Presence.WITHOUT_GROUP)
                    .look();
        }
        assertThat(world.edge().isWell(world.state())).isFalse();
        assertThat(world.changes()).as("and not each of them").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsInOneStateAtEveryLookWhateverHappens(Kind kind) {
        Random random = new Random(kind.ordinal());
        EdgeWorld world = new EdgeWorld(kind, 7_000);
        for (int look = 0; look < 2_000; look++) {
            switch (random.nextInt(8)) {
                case 0 -> world.presence(Presence.values()[random.nextInt(4)]);
                case 1 -> world.flow(random.nextInt(3));
                case 2 -> world.add(1);
                case 3 -> world.deliver(1);
                case 4 -> world.settle(1);
                case 5 -> world.waiting(random.nextBoolean() ? "OOM" : "");
                case 6 -> world.fields(random.nextInt(3), 0);
                default -> {}
            }
            world.look();
            assertThat(world.why()).isNotBlank();
            assertThat(world.sinceMs()).isNotNegative();
        }
    }
}
