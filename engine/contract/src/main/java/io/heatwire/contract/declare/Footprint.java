package io.heatwire.contract.declare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one configuration of an operator reads and writes. Operators whose settings name fields and streams say it here; the engine
 * runs by it and checks compare it with what other stages write and read.
 *
 * @param input the fields it reads; an entry without a required one goes to the dead-letter stream before the operator sees it
 * @param needed the fields without which it cannot decide, or not always: if no writer of its stream provides one, the wiring is wrong
 * @param outputs the outputs it writes, each a port
 * @param lookUps the keys it reads or guards with, besides the outputs
 * @param carried for a port of an open output, what its entries hold beside the declared fields; a port that is not here holds
 *     nothing that could be told beforehand
 * @param passing how many of the outputs get something of an event that is not refused
 */
public record Footprint(
        List<FieldSpec> input,
        Set<String> needed,
        List<Output> outputs,
        List<LookUpSpec> lookUps,
        Map<String, Carried> carried,
        Passing passing) {

    /** How many of the outputs get something of an event. Guards need not be said here: they are declared as markers. */
    public enum Passing {
        /** All of them. */
        TO_EVERY_OUTPUT,
        /** Exactly one of them. */
        TO_ONE_OUTPUT,
        /** Not always any: the operator may end an event on purpose. */
        PERHAPS_TO_NONE
    }

    /** What passes each event to every output. */
    public Footprint(
            List<FieldSpec> input,
            Set<String> needed,
            List<Output> outputs,
            List<LookUpSpec> lookUps,
            Map<String, Carried> carried) {
        this(input, needed, outputs, lookUps, carried, Passing.TO_EVERY_OUTPUT);
    }

    /** The same, passing events on like this. */
    public Footprint passing(Passing other) {
        return new Footprint(input, needed, outputs, lookUps, carried, other);
    }

    /** Whether an entry at this output has the field when the event has it. */
    public boolean carries(Output.ToStream output, String field) {
        Carried open = carried.get(output.port());
        return output.fields().contains(field) || (open != null && open.keeps(field));
    }

    /** Just what the operator declares. */
    public static Footprint declared(List<FieldSpec> input, List<Output> outputs, List<LookUpSpec> lookUps) {
        Set<String> required =
                input.stream().filter(FieldSpec::required).map(FieldSpec::name).collect(Collectors.toUnmodifiableSet());
        return new Footprint(input, required, outputs, lookUps, Map.of());
    }

    /**
     * What an open output holds: the fields of the input, but for those dropped or renamed, and some more.
     *
     * @param dropped fields of the input that it never holds
     * @param renamed fields of the input by the name they have had there, with the name they have here
     * @param always further fields that are always there
     * @param sometimes further fields that may be there
     */
    public record Carried(Set<String> dropped, Map<String, String> renamed, Set<String> always, Set<String> sometimes) {

        boolean keeps(String field) {
            return always.contains(field) || (!dropped.contains(field) && !renamed.containsKey(field));
        }

        /** The fields of the input as they came. */
        public static final Carried EVERYTHING = new Carried(Set.of(), Map.of(), Set.of(), Set.of());
    }
}
