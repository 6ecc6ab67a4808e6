package io.heatwire.contract.expression;

import io.heatwire.contract.event.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression over an event: a strict, typed subset of CEL. Compiled once; immutable.
 *
 * <p>It may read {@code event.NAME} or {@code event["any name"]}, which are strings, and of the entry itself {@code entry.id} (string)
 * and {@code entry.ms} (int, Unix time of the append in ms).
 */
public final class Expression {

    /** The longest text an expression may have, in characters. */
    public static final int LONGEST = 2_000;

    private final String text;
    private final Part whole;
    private final Set<String> fields;
    private final Set<String> needed;

    private Expression(String text, Part whole, Set<String> fields, Set<String> needed) {
        this.text = text;
        this.whole = whole;
        this.fields = fields;
        this.needed = needed;
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionException when the text is none, with the place in it
     */
    public static Expression compile(String text) {
        if (text.length() > LONGEST) {
            throw new ExpressionException(
                    LONGEST, "the expression is longer than " + LONGEST + " characters", "split it over stages");
        }
        Grammar grammar = new Grammar(Words.of(text));
        Part whole = grammar.read();
        return new Expression(text, whole, Set.copyOf(grammar.fields()), Set.copyOf(grammar.needed()));
    }

    /**
     * Reads an expression that must give this type.
     *
     * @throws ExpressionException when the text is none, or one of another type
     */
    public static Expression compile(String text, ValueType wanted) {
        Expression expression = compile(text);
        if (expression.type() != wanted) {
            throw new ExpressionException(
                    0,
                    "it gives " + expression.type().named() + ", and " + wanted.named() + " is needed",
                    wanted == ValueType.BOOL ? "compare it with something, such as == \"on\"" : "");
        }
        return expression;
    }

    /** What it gives. */
    public ValueType type() {
        return whole.type();
    }

    /** The fields of the event it may read. */
    public Set<String> fields() {
        return fields;
    }

    /** Those of them that it reads without ever asking whether they are there: an event without them may have no value. */
    public Set<String> needed() {
        return needed;
    }

    /**
     * The value as text: a whole number in digits, any other number in the shortest decimal form without an exponent.
     *
     * @throws EvaluationException when it has none for this event
     */
    public String text(Event event) {
        return Conversion.text(whole.evaluation().of(event));
    }

    /**
     * The value of an expression of type BOOL.
     *
     * @throws EvaluationException when it has none for this event
     */
    public boolean isTrue(Event event) {
        return whole.truth(event);
    }

    /**
     * The value of an expression of type INT.
     *
     * @throws EvaluationException when it has none for this event
     */
    public long integer(Event event) {
        return whole.integer(event);
    }

    /** Whether the other one was written the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && text.equals(expression.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
