package io.heatwire.operators.entry;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.expression.Expression;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that the expressions of a stage read. */
public final class FieldsRead {

    private FieldsRead() {}

    /** As a declaration: none is required at the door, since an expression may do without one. */
    public static List<FieldSpec> declared(Collection<Expression> expressions) {
        Set<String> names = new TreeSet<>();
        expressions.forEach(expression -> names.addAll(expression.fields()));
        return names.stream()
                .map(name -> FieldSpec.optional(name, "Read by an expression."))
                .toList();
    }

    /** Those that at least one expression does not ask for before it reads them. */
    public static Set<String> needed(Collection<Expression> expressions) {
        Set<String> names = new TreeSet<>();
        expressions.forEach(expression -> names.addAll(expression.needed()));
        return names;
    }
}
