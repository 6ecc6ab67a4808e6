package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A port that is bound to a key: a look-up, a marker or a keyed output.
 *
 * @param types the types of key that fit
 * @param variables the variables the key template must have
 */
record KeyPort(String name, Set<LookUpSpec.Type> types, List<String> variables) {

    static List<KeyPort> of(OperatorSpec spec) {
        List<KeyPort> ports = new ArrayList<>();
        for (LookUpSpec lookUp : spec.lookUps()) {
            ports.add(new KeyPort(lookUp.port(), Set.of(lookUp.type()), lookUp.variables()));
        }
        for (Output output : spec.outputs()) {
            if (output instanceof Output.ToHash hash) {
                ports.add(new KeyPort(hash.port(), Set.of(LookUpSpec.Type.HASH), hash.variables()));
            } else if (output instanceof Output.ToValue value) {
                ports.add(new KeyPort(value.port(), Set.of(LookUpSpec.Type.VALUE), value.variables()));
            } else if (output instanceof Output.ToCounters counters) {
                ports.add(new KeyPort(counters.port(), Set.of(LookUpSpec.Type.HASH), counters.variables()));
            } else if (output instanceof Output.ToNothing nothing) {
                ports.add(new KeyPort(nothing.port(), ANY_KEY, nothing.variables()));
            }
        }
        return ports;
    }

    /** Whether the port reads a stream, and is bound to one. */
    boolean isStream() {
        return types.contains(LookUpSpec.Type.STREAM);
    }

    String typeNames() {
        return String.join(" or ", types.stream().map(KeyPort::nameOf).sorted().toList());
    }

    static String nameOf(LookUpSpec.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static final Set<LookUpSpec.Type> ANY_KEY =
            Set.of(LookUpSpec.Type.HASH, LookUpSpec.Type.VALUE, LookUpSpec.Type.MARKER);
}
