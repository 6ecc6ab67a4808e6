package io.heatwire.ops.dead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EscapedTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void leavesTextAsItIs() {
        assertThat(Escaped.plain("caf\u00e9 <b>\u2192</b> \ud83d\ude00"))
                .isEqualTo("caf\u00e9 <b>\u2192</b> \ud83d\ude00");
    }

    @Test
    void takesTheTeethOutOfWhatATerminalWouldObey() {
        assertThat(Escaped.plain("\u001b[2J\u001b]0;x\u0007\r\n\t\u0000\u009b\u007f"))
                .isEqualTo("\\u001b[2J\\u001b]0;x\\u0007\\r\\n\\t\\u0000\\u009b\\u007f");
        assertThat(Escaped.plain("\u202eevil\u2066\u2028\ufeff")).isEqualTo("\\u202eevil\\u2066\\u2028\\ufeff");
    }

    @Test
    void showsEachByteThatIsNotText() {
        assertThat(Escaped.text(bytes(0xff, 'a', 0xc3, '(', 0xed, 0xa0, 0x80, 0xc0, 0xaf)))
                .isEqualTo("\\xffa\\xc3(\\xed\\xa0\\x80\\xc0\\xaf");
    }

    @Test
    void cannotBeMistakenForAnEscape() {
        assertThat(Escaped.plain("\\x41\"")).isEqualTo("\\\\x41\\\"");
    }

    @Test
    void cutsALongValueBetweenTwoCharactersAndSaysSo() {
        String value = "a".repeat(199) + "\u20ac".repeat(1000);
        assertThat(Escaped.quoted(utf8(value), false))
                .isEqualTo('"' + "a".repeat(199) + "\"... (3199 bytes; --full shows all)");
        assertThat(Escaped.quoted(utf8(value), true)).isEqualTo('"' + value + '"');
        assertThat(Escaped.quoted(bytes(new int[300]), false))
                .startsWith("\"\\u0000")
                .endsWith("(300 bytes; --full shows all)");
    }

    @Test
    void quotesANameThatIsNotAPlainWord() {
        assertThat(Escaped.name(utf8("plan_id"), false)).isEqualTo("plan_id");
        assertThat(Escaped.name(utf8("a = b"), false)).isEqualTo("\"a = b\"");
        assertThat(Escaped.name(new byte[0], false)).isEqualTo("\"\"");
    }

    @Test
    void isSafeForAnyBytes() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertThat(Escaped.quoted(bytes, i % 2 == 0))
                    .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
        }
    }
}
