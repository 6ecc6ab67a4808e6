package io.heatwire.ops.ask;

import java.util.Optional;
import java.util.function.Function;

/** What came of asking. */
public sealed interface Answer<T> {

    /** An answer. */
    record Given<T>(T answer) implements Answer<T> {}

    /**
     * None, or nothing that can be used.
     *
     * @param reason with the address, for people; ends without a full stop
     */
    record None<T>(String reason) implements Answer<T> {}

    /** What was said, if anything was. */
    default Optional<T> said() {
        return this instanceof Given<T> given ? Optional.of(given.answer()) : Optional.empty();
    }

    /** Why nothing was said; empty when something was. */
    default String whyNot() {
        return this instanceof None<T> none ? none.reason() : "";
    }

    /** The same, understood; what has no answer stays so. */
    default <U> Answer<U> then(Function<T, Answer<U>> reader) {
        return this instanceof Given<T> given ? reader.apply(given.answer()) : new None<>(whyNot());
    }
}
