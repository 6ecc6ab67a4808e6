package io.heatwire.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {

    @Test
    void readsAndWritesTheSameText() {
        assertThat(EntryId.parse("1769638200000-12"))
                .isEqualTo(new EntryId(1769638200000L, 12))
                .hasToString("1769638200000-12");
        assertThat(EntryId.parse("18446744073709551615-18446744073709551615"))
                .hasToString("18446744073709551615-18446744073709551615");
    }

    @Test
    void ordersAsRedisDoesUpToTheLargestId() {
        EntryId largest = EntryId.parse("18446744073709551615-0");
        assertThat(EntryId.ZERO).isLessThan(new EntryId(0, 1));
        assertThat(new EntryId(9, 99)).isLessThan(new EntryId(10, 0));
        assertThat(new EntryId(10, 0)).isLessThan(largest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "5", "-5", "a-1", "1-b"})
    void refusesWhatIsNoId(String text) {
        assertThatThrownBy(() -> EntryId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
