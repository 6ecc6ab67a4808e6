package io.heatwire.contract;

import java.util.List;

/**
 * Operators that do not ship with Heatwire. A jar names its implementation in {@code
 * META-INF/services/io.heatwire.contract.OperatorProvider}; it needs a public constructor without arguments.
 *
 * <p>The jar needs nothing but this contract. It is loaded once, at start, and its operators run with the rights of the engine.
 */
public interface OperatorProvider {

    /** The operators, with names nobody else uses, for themselves and for their meters. */
    List<OperatorSpec> operators();
}
