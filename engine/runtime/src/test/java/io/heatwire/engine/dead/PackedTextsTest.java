package io.heatwire.engine.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedTextsTest {

    @Test
    void readsTextsOfEveryLength() {
        byte[] packed = {(byte) 0x92, (byte) 0xa1, 'a', (byte) 0xd9, 2, (byte) 0xff, 0};
        assertThat(PackedTexts.unpack(packed)).containsExactly(new byte[] {'a'}, new byte[] {(byte) 0xff, 0});
    }

    @Test
    void isNotFooledByAHeaderThatPromisesMoreThanThereIs() {
        byte[] huge = {(byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xfe};
        byte[] negative = {(byte) 0xdd, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe};
        byte[] longText = {(byte) 0x92, (byte) 0xdb, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'a', 'b'};
        byte[] goesOn = {(byte) 0x90, 1};
        byte[] odd = {(byte) 0x91, (byte) 0xa0};
        assertThat(PackedTexts.unpack(huge)).isNull();
        assertThat(PackedTexts.unpack(negative)).isNull();
        assertThat(PackedTexts.unpack(longText)).isNull();
        assertThat(PackedTexts.unpack(goesOn)).isNull();
        assertThat(PackedTexts.unpack(odd)).isNull();
        assertThat(PackedTexts.unpack(new byte[0])).isNull();
    }

    @Test
    void throwsForNoBytesAtAll() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThatCode(() -> PackedTexts.unpack(bytes)).doesNotThrowAnyException();
        }
    }
}
