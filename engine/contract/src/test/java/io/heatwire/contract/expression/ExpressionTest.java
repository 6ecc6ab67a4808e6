package io.heatwire.contract.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final Event EVENT = event(Map.of(
            "name",
            "sensor-7",
            "celsius",
            "21.5",
            "count",
            "12",
            "on",
            "true",
            "empty",
            "",
            "odd-name",
            "x",
            "emoji",
            "a\uD83D\uDE00"));

    private static Event event(Map<String, String> fields) {
        return Event.of(new EntryId(1_700_000_000_123L, 4), new LinkedHashMap<>(fields));
    }

    private static String text(String expression) {
        return Expression.compile(expression).text(EVENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 => 7",
                "(1 + 2) * 3 => 9",
                "7 / 2 => 3",
                "-7 / 2 => -3",
                "-7 % 3 => -1",
                "7.0 / 2.0 => 3.5",
                "1e3 + .5 => 1000.5",
                "10 - 3 - 2 => 5",
                "-9223372036854775808 => -9223372036854775808",
                "-(3) => -3",
                "--3 => 3",
                "'a' + \"b\" => ab",
                "'\\u00e4\\t'.size() => 2",
                "event.name => sensor-7",
                "event[\"odd-name\"] => x",
                "event.name + '/' + event.count => sensor-7/12",
                "int(event.count) + 1 => 13",
                "double(event.celsius) * 2.0 => 43",
                "double(event.count) / 8.0 => 1.5",
                "int(21.9) => 21",
                "int(-21.9) => -21",
                "string(0.000001) => 0.000001",
                "string(1e21) => 1000000000000000000000",
                "string(12) + string(true) => 12true",
                "bool(event.on) => true",
                "size(event.emoji) => 2",
                "event.name.startsWith('sensor') && event.name.endsWith(\"7\") => true",
                "event.name.contains('or-') => true",
                "event.name in ['a', 'sensor-7'] => true",
                "int(event.count) in [1, 2, 3] => false",
                "has(event.name) => true",
                "has(event.nothing) => false",
                "has(event.empty) => true",
                "\"odd-name\" in event => true",
                "1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2 => true",
                "'a' < 'b' || 'b' < 'a' => true",
                "'10' < '9' => true",
                "1 < 2 == true => true",
                "0.0 == -0.0 => true",
                "!has(event.nothing) ? 'no' : event.nothing => no",
                "true ? 1 : false ? 2 : 3 => 1",
                "entry.ms + 1 => 1700000000124",
                "entry.id => 1700000000123-4",
                "event.nothing == 'x' || true => true",
                "event.nothing == 'x' && false => false",
                "false && event.nothing == 'x' => false",
            })
    void givesWhatCelGives(String expression, String value) {
        assertThat(text(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "event.nothing => missing_field:nothing",
                "event.nothing == 'x' || false => missing_field:nothing",
                "event.nothing == 'x' || event.neither == 'y' => missing_field:nothing",
                "int(event.celsius) => expression_failed:int() cannot read '21.5' (character 1)",
                "1 + int(event.name) => expression_failed:int() cannot read 'sensor-7' (character 5)",
                "double(event.empty) => expression_failed:double() cannot read '' (character 1)",
                "double('0x1p3') => expression_failed:double() cannot read '0x1p3' (character 1)",
                "double('1f') => expression_failed:double() cannot read '1f' (character 1)",
                "double('NaN') => expression_failed:double() cannot read 'NaN' (character 1)",
                "double('1e999') => expression_failed:the result is not a finite number (character 1)",
                "int('99999999999999999999') => expression_failed:int() cannot hold '99999999999999999999' (character 1)",
                "int(1e19) => expression_failed:int() cannot hold 10000000000000000000 (character 1)",
                "bool(event.count) => expression_failed:bool() cannot read '12' (character 1)",
                "1 / (int(event.count) - 12) => expression_failed:division by zero (character 3)",
                "1 % 0 => expression_failed:division by zero (character 3)",
                "1.0 / 0.0 => expression_failed:the result is not a finite number (character 5)",
                "9223372036854775807 + 1 => expression_failed:the result is too large for an int (character 21)",
                "-(-9223372036854775808) => expression_failed:the result is too large for an int (character 1)",
            })
    void saysWhyThereIsNoValue(String expression, String reason) {
        assertThatThrownBy(() -> text(expression))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "event.celsius > 30 => at character 15: '>' compares a string with an int; write int(...) around the string",
                "int(event.n) > 3.0 => at character 14: '>' compares an int with a double; write double(...) around the int; a whole number as double is 30.0",
                "celsius > 3 => at character 1: 'celsius' is not known; a field is written event.celsius, a text \"celsius\"",
                "evnt.x == 'a' => at character 1: 'evnt' is not known; write event",
                "dubble(event.x) => at character 1: there is no function dubble(); write double",
                "event.x.startWith('a') => at character 9: there is no function startWith(); write startsWith",
                "startsWith(event.x, 'a') => at character 1: there is no function startsWith(); write it behind the text: event.NAME.startsWith(...)",
                "event.x.matches('a') => at character 9: there is no function matches(); known are contains, endsWith, size, startsWith",
                "event.x.int() => at character 9: there is no function int(); write it before: int(...)",
                "event.x = 'a' => at character 9: '=' means nothing here; write == to compare",
                "event.x == 'a' & true => at character 16: '&' means nothing here; write &&",
                "event => at character 1: event by itself is no value; write event.NAME for a field",
                "event.x.y => at character 9: a string has no field y",
                "event.in => at character 7: 'in' stands where the name of a field belongs; event[\"...\"] takes any name",
                "entry.time => at character 7: entry has no time",
                "'abc => at character 1: the string has no end; close it with '",
                "'a\\q' => at character 3: unknown escape in a string; known are \\n \\t \\r \\\\ \\' \\\" and \\u00e4",
                "(1 + 2 => at character 7: ')' is missing before the end",
                "1 + => at character 4: the expression stops short; a value is missing",
                "1 2 => at character 3: '2' does not belong here; join two parts with a sign such as && or +",
                "12u => at character 1: '12u' is not a number; numbers are written 12, -3 or 4.5e3",
                "[1, 2] => at character 1: a list can only stand behind in",
                "1 in [] => at character 6: the list is empty",
                "1 in [1, 'a'] => at character 10: an int is looked for, and this is a string; write int(...) around the string",
                "true ? 1 : 'a' => at character 12: the choice gives an int or a string; write int(...) around the string",
                "event.x ? 1 : 2 => at character 1: what stands before '?' must be a truth value, and this is a string; compare it, for example with == \"true\"",
                "event.x && true => at character 1: '&&' takes truth values, and this is a string; compare it, for example with == \"true\"",
                "!event.x => at character 2: '!' takes a truth value, and this is a string; compare it, for example with == \"true\"",
                "event.a - event.b => at character 9: '-' cannot take strings; fields are strings: write int(...) or double(...)",
                "true < false => at character 6: truth values have no order; write == or !=",
                "1.0 % 2.0 => at character 5: '%' takes ints only; write int(...) around both",
                "99999999999999999999 => at character 1: 99999999999999999999 is too large for an int",
                "has(event[\"x\"]) => at character 5: has() asks for a field; write has(event.NAME)",
                "size(1) => at character 6: size() cannot take an int",
                "int() => at character 1: int() takes one value, and 0 are given",
                "r'a' => at character 1: raw strings and bytes are not part of the language",
                "a # b => at character 3: '#' means nothing here",
            })
    void refusesWhatIsNoExpressionAndPointsAtIt(String expression, String message) {
        assertThatThrownBy(() -> Expression.compile(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAnEmptyTextAndOneThatIsTooLong() {
        assertThatThrownBy(() -> Expression.compile(" ")).hasMessage("at character 1: the expression is empty");
        assertThatThrownBy(() -> Expression.compile("1" + " + 1".repeat(600)))
                .hasMessageContaining("longer than 2000 characters");
        assertThatThrownBy(() -> Expression.compile("1" + "+1".repeat(300)))
                .hasMessageContaining("more than 250 parts");
        assertThatThrownBy(() -> Expression.compile("(".repeat(300) + "1" + ")".repeat(300)))
                .hasMessageContaining("nested deeper than 40");
        assertThatThrownBy(() -> Expression.compile("!".repeat(300) + "true")).hasMessageContaining("nested deeper");
    }

    @Test
    void mustGiveTheTypeThatIsWanted() {
        assertThatThrownBy(() -> Expression.compile("event.on", ValueType.BOOL))
                .hasMessage("at character 1: it gives a string, and a bool is needed;"
                        + " compare it with something, such as == \"on\"");
    }

    @Test
    void knowsItsFieldsAndWhichOfThemItAsksFor() {
        Expression expression =
                Expression.compile("has(event.a) ? event.a : event.b + (\"c-d\" in event ? event[\"c-d\"] : '')");
        assertThat(expression.fields()).containsExactlyInAnyOrder("a", "b", "c-d");
        assertThat(expression.needed()).containsExactly("b");
        assertThat(expression.type()).isEqualTo(ValueType.STRING);
    }

    @Test
    void neverGrowsATextWithoutBound() {
        Event large = event(Map.of("x", "y".repeat(300_000)));
        assertThatThrownBy(() -> Expression.compile("event.x + event.x + event.x + event.x")
                        .text(large))
                .hasMessageContaining("longer than 1048576 characters");
        assertThatThrownBy(() -> Expression.compile("event.x.contains(event.x)").text(large))
                .hasMessageContaining("too long for contains()");
    }

    @Test
    void ordersTextsByCodePoints() {
        assertThat(text("'\uFFFD' < '\uD83D\uDE00'")).isEqualTo("true");
        assertThat(text("'\uD83D\uDE00' < '\uFFFD'")).isEqualTo("false");
    }

    /** Whatever people write, the answer is a value or one of the two refusals, and comes at once. */
    @Test
    void isTotalOverRandomTexts() {
        String[] words = {
            "event",
            ".",
            "x",
            "celsius",
            "count",
            "(",
            ")",
            "[",
            "]",
            "+",
            "-",
            "*",
            "/",
            "%",
            "==",
            "<",
            "&&",
            "||",
            "!",
            "?",
            ":",
            ",",
            "in",
            "has",
            "int",
            "double",
            "string",
            "size",
            "'a'",
            "\"",
            "1",
            "2.5",
            "9223372036854775807",
            "true",
            "entry",
            "ms",
            " ",
            "\\",
            "\uD83D\uDE00",
            "\n",
            "null"
        };
        Random random = new Random(20261122);
        int values = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length >= 0; length--) {
                text.append(words[random.nextInt(words.length)]);
            }
            values += answer(text.toString()) ? 1 : 0;
        }
        assertThat(values).isGreaterThan(500);
    }

    private static boolean answer(String text) {
        try {
            return Expression.compile(text).text(EVENT) != null;
        } catch (ExpressionException refused) {
            assertThat(refused.at()).isBetween(0, text.length());
            return false;
        } catch (EvaluationException failed) {
            assertThat(failed.reason()).isNotEmpty();
            return false;
        }
    }

    @Test
    void anEvaluationFailureCarriesNoStackTrace() {
        EvaluationException failed = catchThrowableOfType(EvaluationException.class, () -> text("event.nothing"));
        assertThat(failed.getStackTrace()).isEmpty();
    }
}
