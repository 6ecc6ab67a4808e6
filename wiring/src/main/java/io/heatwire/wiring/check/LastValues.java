package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Output;

/** Keys that keep the newest of something, such as the newest decision of each symbol. */
final class LastValues {

    private LastValues() {}

    /** Whether what is written there replaces an older value of the same thing. */
    static boolean keeps(WireEnd writer) {
        return writer.resource().template().variables().isEmpty()
                || writer.stage().spec().outputs().stream()
                        .filter(output -> output.port().equals(writer.port()))
                        .anyMatch(LastValues::keeps);
    }

    private static boolean keeps(Output output) {
        return (output instanceof Output.ToHash hash && hash.newestBy() != null)
                || (output instanceof Output.ToValue value && value.follows() != null);
    }
}
