package io.heatwire.operators.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

    @ParameterizedTest
    @CsvSource({
        "0.35, 0.35",
        "1e-07, 1e-07",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e16, 1e+16",
        "1.5e300, 1.5e+300",
        "100, 100.0",
        "-0.0, -0.0",
        "2e-3, 0.002",
        "123456789012345.6, 123456789012345.6",
        "5e-324, 5e-324",
        "2.0E-3, 0.002",
        "inf, inf",
        "-Infinity, -inf",
        "NaN, nan",
        "1_000.5, 1000.5",
        ".5, 0.5",
        "5., 5.0",
        "\u0661\u0662, 12.0",
        "9007199254740993, 9007199254740992.0",
        "2.2250738585072014E-308, 2.2250738585072014e-308"
    })
    void writesTheShortestTextThatReadsBack(String text, String written) {
        assertThat(DecimalText.write(DecimalText.parse(text).orElseThrow())).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"''", "abc", "0x10", "1;5", "1__0", "_1", "1_", "1d", "1e", "--1", "infin"})
    void takesNothingElseForANumber(String text) {
        assertThat(DecimalText.parse(text)).isEmpty();
    }

    @Test
    void readsANumberWithBlanksAndNewlinesAround() {
        assertThat(DecimalText.parse(" 0.5\n")).hasValue(0.5);
        assertThat(DecimalText.parseInteger(" 12\n")).hasValue(12);
        assertThat(DecimalText.parseInteger("12.0")).isEmpty();
    }

    @Test
    void writesWhatReadsBackAsTheSameNumberWithNoDigitToSpare() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double number = i % 2 == 0
                    ? Math.rint((random.nextDouble() - 0.5) * 1e9) / 1e4
                    : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            String text = DecimalText.write(number);
            assertThat(Double.parseDouble(text)).isEqualTo(number);
            int digits = new BigDecimal(text).stripTrailingZeros().precision();
            assertThat(digits == 1
                            || new BigDecimal(number)
                                            .round(new MathContext(digits - 1))
                                            .doubleValue()
                                    != number)
                    .as(text)
                    .isTrue();
        }
    }

    @Test
    void roundsFromTheExactBinaryValue() {
        assertThat(DecimalText.round4(0.55555)).isEqualTo(0.5555);
        assertThat(DecimalText.round4(0.00005)).isEqualTo(0.0001);
        assertThat(DecimalText.fixed(0.0000005, 6)).isEqualTo("0.000000");
        assertThat(DecimalText.fixed(-0.0, 6)).isEqualTo("-0.000000");
        assertThat(DecimalText.fixed(Double.NaN, 6)).isEqualTo("nan");
    }
}
