package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.GroupFound.State;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.OnGroupLost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What the opening of a link does about its group. */
class GroupScriptIT extends GroupOnRedis {

    @Test
    void createsAGroupThatNobodyHasWorkedWithAtTheStart() {
        feed(1, 3);
        assertThat(open()).isEqualTo(new GroupFound(State.FIRST, EntryId.ZERO, 0, 0, 0, 0));
        assertThat(deliveredNext()).containsExactly("1-0", "2-0", "3-0");
        assertThat(redis.hash(OFFSET)).containsEntry("last", "0-0").containsEntry("settled", "0");
        assertThat(open().state()).isEqualTo(State.THERE);
    }

    @Test
    void savesTheOffsetOfAGroupThatWasThereBefore() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(1, 6);
        read("old", 5);
        redis.command("XACK", "in", "g", "1-0", "2-0");
        assertThat(open().state()).isEqualTo(State.THERE);
        assertThat(redis.hash(OFFSET))
                .containsEntry("last", "5-0")
                .containsEntry("low", "2-18446744073709551615")
                .containsEntry("read", "5");
        accountIsOpen();
    }

    @Test
    void resumesAtTheFirstUnsettledEntryWhenNothingBehindItIsSettled() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3, 4, 5);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open())
                .isEqualTo(new GroupFound(State.RESUMED, EntryId.parse("5-18446744073709551615"), 3, 0, 0, 0));
        assertThat(group("entries-read")).isEqualTo("5");
        assertThat(group("lag")).isEqualTo("5");
        accountIsOpen();
        assertThat(deliveredNext()).containsExactly("6-0", "7-0", "8-0", "9-0", "10-0");
    }

    @Test
    void handsPendingEntriesBackOneByOneWhenSomethingBehindThemIsSettled() {
        open();
        feed(1, 10);
        read("dead", 4);
        read("c", 4);
        settle(2, 5, 6, 8);
        redis.command("XDEL", "in", "3-0");
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open()).isEqualTo(new GroupFound(State.RESUMED, EntryId.parse("8-0"), 3, 0, 1, 0));
        assertThat(redis.command("XPENDING", "in", "g", "-", "+", "10", "c").toString())
                .contains("[1-0, ", "[4-0, ", "[7-0, ");
        assertThat(redis.pending("in", "g")).isEqualTo(3);
        assertThat(redis.hash(OFFSET)).containsEntry("pending", "1-0 4-0 7-0").containsEntry("top", "8-0");
        accountIsOpen();
        assertThat(deliveredNext()).containsExactly("9-0", "10-0");
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open()).isEqualTo(new GroupFound(State.RESUMED, EntryId.parse("8-0"), 3, 0, 0, 0));
    }

    @Test
    void countsNoMoreThanAThousandEntriesThatComeAgain() {
        open();
        redis.command(
                "EVAL", "for i = 1, 1100 do redis.call('XADD', KEYS[1], i .. '-0', 'n', i) end return 1", "1", "in");
        read("c", 1100);
        settle(1);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open().again()).isEqualTo(GroupFound.MANY);
    }

    @Test
    void beginsAtTheStartOfAnotherStream() {
        open();
        feed(11, 20);
        read("c", 8);
        settle(11, 12, 13);
        redis.command("DEL", "in");
        assertThat(open()).isEqualTo(new GroupFound(State.ANOTHER_STREAM, EntryId.ZERO, 0, 0, 5, 0));
        feed(1, 3);
        assertThat(deliveredNext()).containsExactly("1-0", "2-0", "3-0");
        settle(1, 2, 3);
        redis.command("DEL", "in");
        feed(1, 2);
        assertThat(open().state()).isEqualTo(State.ANOTHER_STREAM);
        assertThat(deliveredNext()).containsExactly("1-0", "2-0");
        settle(1, 2);
        redis.command("DEL", "in");
        feed(5, 5);
        assertThat(open().state())
                .as("fewer were ever added than the group had read")
                .isEqualTo(State.ANOTHER_STREAM);
        assertThat(deliveredNext()).containsExactly("5-0");
    }

    @Test
    void beginsAtTheStartWhenThePlanSaysEarliest() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open(OnGroupLost.EARLIEST))
                .isEqualTo(new GroupFound(State.FROM_THE_START, EntryId.ZERO, 8, 0, 0, 0));
        accountIsOpen();
        assertThat(deliveredNext()).hasSize(10);
        assertThat(redis.hash(OFFSET)).containsEntry("top", "0-0");
    }

    @Test
    void skipsAndCountsWhenThePlanSaysLatest() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(open(OnGroupLost.LATEST))
                .isEqualTo(new GroupFound(State.FROM_THE_END, EntryId.parse("10-0"), 0, 7, 0, 0));
        accountIsOpen();
        feed(11, 14);
        assertThat(group("lag")).isEqualTo("4");
        assertThat(deliveredNext()).containsExactly("11-0", "12-0", "13-0", "14-0");
        settle(12, 14);
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(15, 15);
        assertThat(open(OnGroupLost.LATEST).skipped()).isEqualTo(3);
        redis.command("DEL", "in");
        feed(1, 2);
        assertThat(open(OnGroupLost.LATEST).skipped()).isEqualTo(2);
    }

    @Test
    void createsNothingWhenThePlanSaysStopAndNamesTheCommandsThatDo() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThatThrownBy(() -> open(OnGroupLost.STOP)).isInstanceOfSatisfying(LinkException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED);
            assertThat(failure.code()).isEqualTo(LinkException.GROUP_GONE);
            assertThat(failure)
                    .hasMessageContaining("5 entries were delivered and not settled")
                    .hasMessageContaining("redis-cli XGROUP CREATE in g 3-18446744073709551615 MKSTREAM ENTRIESREAD 3");
        });
        assertThat((List<?>) redis.command("XINFO", "GROUPS", "in")).isEmpty();
        redis.command("XGROUP", "CREATE", "in", "g", "3-18446744073709551615", "MKSTREAM", "ENTRIESREAD", "3");
        assertThat(open(OnGroupLost.STOP).state()).isEqualTo(State.THERE);
        assertThat(deliveredNext()).hasSize(7);
    }

    @Test
    void saysOnceThatSomebodyHasSetTheGroupBack() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 3, 4, 5, 6, 7, 8);
        redis.command("XGROUP", "SETID", "in", "g", "4-0");
        assertThat(open().state()).isEqualTo(State.REWOUND);
        assertThat(redis.hash(OFFSET)).containsEntry("last", "4-0").containsEntry("top", "4-0");
        accountIsOpen();
        assertThat(open().state()).isEqualTo(State.THERE);
    }

    @Test
    void isCreatedByOneOfManyThatOpenAtTheSameTime() {
        open();
        feed(1, 10);
        read("c", 8);
        settle(1, 2, 5);
        for (int round = 0; round < 20; round++) {
            redis.command("XGROUP", "DESTROY", "in", "g");
            List<State> found = Flux.range(0, 8)
                    .flatMap(i -> links.open(source(OnGroupLost.RESUME), "return 1"), 8)
                    .flatMap(link -> link.close().thenReturn(link.group().state()))
                    .collectList()
                    .block(PATIENCE);
            assertThat(found).filteredOn(State.RESUMED::equals).hasSize(1);
            assertThat(found).filteredOn(State.THERE::equals).hasSize(7);
        }
        assertThat(redis.pending("in", "g")).isEqualTo(5);
    }

    @Test
    void namesTheKeyOfAnotherTypeThatIsInTheWay() {
        open();
        redis.command("DEL", OFFSET);
        redis.command("SET", OFFSET, "x");
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        LinkException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED))
                .hasMessageContaining(OFFSET + " is not a hash; move that key away");
        redis.command("DEL", OFFSET, "in");
        redis.command("SET", "in", "x");
        assertThatThrownBy(this::open).hasMessageContaining("in is not a stream; move that key away");
    }

    @Test
    void leavesNoGroupWithoutItsPendingEntriesWhenTheyMayNotBeHandedBack() {
        open();
        feed(1, 4);
        read("c", 4);
        settle(2, 3);
        redis.command("XGROUP", "DESTROY", "in", "g");
        Map<String, String> saved = redis.hash(OFFSET);
        redis.command("ACL", "SETUSER", "default", "-xclaim");
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        LinkException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED));
        assertThat((List<?>) redis.command("XINFO", "GROUPS", "in")).isEmpty();
        assertThat(redis.hash(OFFSET)).isEqualTo(saved);
        redis.command("ACL", "SETUSER", "default", "+xclaim");
        assertThat(open().again()).isEqualTo(2);
    }
}
