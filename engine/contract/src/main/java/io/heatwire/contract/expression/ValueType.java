package io.heatwire.contract.expression;

/** What an expression gives. Known before it is evaluated. */
public enum ValueType {
    /** Text; what every field of an event is. */
    STRING("string"),
    /** A whole number of 64 bits. */
    INT("int"),
    /** A finite number. */
    DOUBLE("double"),
    /** True or false. */
    BOOL("bool");

    private final String word;

    ValueType(String word) {
        this.word = word;
    }

    /** The name of the type in expressions. */
    public String word() {
        return word;
    }

    boolean isNumber() {
        return this == INT || this == DOUBLE;
    }

    /** With its article, for messages. */
    String named() {
        return (this == INT ? "an " : "a ") + word;
    }
}
