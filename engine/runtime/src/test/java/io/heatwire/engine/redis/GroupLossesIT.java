package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.GroupFound.State;
import io.heatwire.engine.plan.OnGroupLost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the opening of a link counts as lost to its group, and where the account of it begins. */
class GroupLossesIT extends GroupOnRedis {

    /** What the stream can no longer give to the group, less what is settled or pending. */
    private void lossesAreAccountedFrom(long opened) {
        assertThat(redis.hash(OFFSET)).containsEntry("account", opened + "  ");
    }

    @Test
    void opensTheAccountOfLossesWithTheGroup() {
        open();
        lossesAreAccountedFrom(0);
        redis.command("DEL", "in", OFFSET);
        feed(1, 10);
        redis.command("XTRIM", "in", "MAXLEN", "6");
        open();
        lossesAreAccountedFrom(4);
        redis.command("XTRIM", "in", "MAXLEN", "2");
        open();
        lossesAreAccountedFrom(4);
        redis.command("DEL", OFFSET);
        redis.command("XGROUP", "SETID", "in", "g", "9-0");
        open();
        lossesAreAccountedFrom(9);
    }

    @Test
    void closesTheAccountOfAnEarlierGroupWhereThePositionIsNotCertain() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3);
        redis.command("HSET", OFFSET, "account", "0 0 0");
        redis.command("XGROUP", "DESTROY", "in", "g");
        open();
        assertThat(redis.hash(OFFSET)).doesNotContainKey("account");
        redis.command("HSET", OFFSET, "account", "0 0 0");
        redis.command("XGROUP", "DESTROY", "in", "g");
        open(OnGroupLost.LATEST);
        lossesAreAccountedFrom(10);
        redis.command("XGROUP", "DESTROY", "in", "g");
        open(OnGroupLost.EARLIEST);
        lossesAreAccountedFrom(0);
    }

    @Test
    void countsWhatWasPendingAndIsNoLongerInTheStream() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3);
        redis.command("XGROUP", "DESTROY", "in", "g");
        redis.command("XTRIM", "in", "MINID", "6-0");
        assertThat(open())
                .isEqualTo(new GroupFound(State.RESUMED, EntryId.parse("3-18446744073709551615"), 3, 0, 2, 0));
    }

    @Test
    void countsWhatWasTrimmedUnreadWhileTheGroupWasGone() {
        for (OnGroupLost answer : List.of(OnGroupLost.RESUME, OnGroupLost.EARLIEST, OnGroupLost.LATEST)) {
            redis.command("DEL", "in", OFFSET);
            open();
            feed(1, 10);
            read("c", 6);
            settle(1, 2, 3, 4, 5, 6);
            redis.command("XGROUP", "DESTROY", "in", "g");
            redis.command("XTRIM", "in", "MINID", "9-0");
            GroupFound found = open(answer);
            assertThat(found.trimmed()).as("7 and 8, %s", answer).isEqualTo(2);
            assertThat(found.lost()).isZero();
            assertThat(found.skipped()).isEqualTo(answer == OnGroupLost.LATEST ? 2 : 0);
            redis.command("XGROUP", "DESTROY", "in", "g");
            assertThat(open(answer).trimmed()).as("once, %s", answer).isZero();
        }
    }

    @Test
    void tellsWhatWasTrimmedUnreadFromWhatWasPending() {
        for (OnGroupLost answer : List.of(OnGroupLost.RESUME, OnGroupLost.LATEST)) {
            redis.command("DEL", "in", OFFSET);
            open();
            feed(1, 10);
            read("c", 6);
            settle(1, 2, 3);
            redis.command("XGROUP", "DESTROY", "in", "g");
            redis.command("XTRIM", "in", "MAXLEN", "0");
            GroupFound found = open(answer);
            assertThat(found.trimmed()).as("7 to 10, %s", answer).isEqualTo(4);
            assertThat(found.lost()).as("4 to 6, %s", answer).isEqualTo(3);
            assertThat(found.skipped()).isZero();
        }
    }

    @Test
    void countsTrimmedEntriesBehindThoseThatAreHandedBackOneByOne() {
        open();
        feed(1, 10);
        read("c", 6);
        settle(2, 3, 6);
        redis.command("XGROUP", "DESTROY", "in", "g");
        redis.command("XTRIM", "in", "MINID", "9-0");
        assertThat(open()).isEqualTo(new GroupFound(State.RESUMED, EntryId.parse("6-0"), 0, 0, 3, 2));
    }

    @Test
    void countsNoTrimmedEntryThatWasCountedBeforeOrThatNobodyCanBeSureOf() {
        open();
        feed(1, 10);
        redis.command("XTRIM", "in", "MINID", "4-0");
        read("c", 3);
        settle(4, 5, 6);
        // As the watch writes it when it has counted 1, 2 and 3.
        redis.command("HSET", OFFSET, "account", "3  ");
        redis.command("XGROUP", "DESTROY", "in", "g");
        redis.command("XTRIM", "in", "MINID", "8-0");
        assertThat(open().trimmed()).as("only 7").isEqualTo(1);

        // As after commits whose offset could not be saved: Redis itself counts more entries read than the account
        // knows of.
        redis.command("DEL", "in", OFFSET);
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3, 4, 5, 6, 7, 8);
        redis.command("HSET", OFFSET, "settled", "2");
        redis.command("XGROUP", "DESTROY", "in", "g");
        redis.command("XTRIM", "in", "MAXLEN", "1");
        assertThat(open().trimmed()).as("only 9").isEqualTo(1);

        for (String nothing : List.of("", "x", "0 0 17", "99  ")) {
            redis.command("HSET", OFFSET, "account", nothing);
            redis.command("XGROUP", "DESTROY", "in", "g");
            redis.command("XTRIM", "in", "MAXLEN", "1");
            assertThat(open().trimmed()).as("account '%s'", nothing).isZero();
        }
    }
}
