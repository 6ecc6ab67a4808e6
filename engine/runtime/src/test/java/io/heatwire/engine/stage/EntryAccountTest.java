package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.link.Entry;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntryAccountTest {

    private final EntryAccount account = new EntryAccount();

    private void read(long from, long to) {
        account.read(LongStream.rangeClosed(from, to)
                .mapToObj(n -> new Entry(new EntryId(n, 0), null, Entry.Trouble.GONE, 1))
                .toList());
    }

    private static List<Decided> decided(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(n -> new Decided(new EntryId(n, 0), null, 1, Outcome.nothing(List.of())))
                .toList();
    }

    private static EntryAccount.Tally committed(long entries) {
        EntryAccount.Tally tally = new EntryAccount.Tally();
        tally.committed = entries;
        return tally;
    }

    private StageAccount now() {
        return account.of("stage", 0);
    }

    @Test
    void comesOutEvenAtEachStep() {
        read(1, 10);
        assertThat(now().unaccounted()).isZero();
        assertThat(now().inFlight()).isEqualTo(10);
        account.settled(committed(4), decided(1, 4));
        assertThat(now().unaccounted()).isZero();
        assertThat(now().inFlight()).isEqualTo(6);
        account.givenUp();
        assertThat(now().unaccounted()).isZero();
        assertThat(now().givenUp()).isEqualTo(6);
        read(5, 10);
        account.settled(committed(6), decided(5, 10));
        assertThat(now().unaccounted()).isZero();
        assertThat(now().read()).isEqualTo(16);
        assertThat(now().committed()).isEqualTo(10);
    }

    @Test
    void whatIsSettledAndForgottenIsMissing() {
        read(1, 10);
        account.settled(committed(9), decided(1, 10));

        assertThat(now().unaccounted()).isEqualTo(1);
    }

    @Test
    void whatIsSettledTwiceIsOneTooMany() {
        read(1, 10);
        account.settled(committed(10), decided(1, 10));
        account.settled(committed(1), decided(10, 10));

        assertThat(now().unaccounted()).isEqualTo(-1);
    }

    @Test
    void whatIsReadAgainWhileItIsHeldIsMissingUntilItIsSettledAgain() {
        read(1, 10);
        read(10, 10);

        assertThat(now().unaccounted()).isEqualTo(1);
    }

    @Test
    void droppedOnesAreNotCountedAsCommitted() {
        read(1, 10);
        account.settled(committed(10), decided(1, 10));

        assertThat(account.of("stage", 3).committed()).isEqualTo(7);
    }
}
