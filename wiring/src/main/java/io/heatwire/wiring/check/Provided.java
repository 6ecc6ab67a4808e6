package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields one writer provides, as far as they are known.
 *
 * @param who the writer, for people
 * @param isOpen whether there may be more than these
 */
record Provided(String who, Place place, List<String> names, boolean isOpen) {

    /** What each writer provides, those outside too. */
    static List<Provided> to(Resource resource, Wires wires) {
        List<Provided> all = new ArrayList<>();
        for (WireEnd writer : wires.writers(resource)) {
            FieldsOf.Written written = wires.written(writer);
            all.add(new Provided("stage " + writer.stageName(), writer.place(), written.names(), written.isOpen()));
        }
        for (Resource each : wires.resources()) {
            if (each.isSame(resource) && each.ends().isWrittenOutside()) {
                boolean isSaid = each.ends().namesFields();
                all.add(new Provided(
                        Shown.quoted(each.ends().external().text()),
                        isSaid
                                ? each.ends().fieldsPlace()
                                : each.ends().external().place(),
                        List.copyOf(each.ends().fieldNames()),
                        !isSaid));
            }
        }
        return all;
    }

    /** Whether something is known to be absent. */
    boolean isKnown() {
        return !isOpen;
    }

    Related related() {
        return new Related(place, who + " writes " + shown(names));
    }

    private static String shown(List<String> names) {
        int most = 12;
        String first = String.join(
                ", ", names.stream().sorted().limit(most).map(Shown::plain).toList());
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
