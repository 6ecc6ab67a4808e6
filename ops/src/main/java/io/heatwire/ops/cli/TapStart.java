package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where to begin.
 *
 * @param behind the last entry not to show; null for the newest there is
 */
record TapStart(@Nullable EntryId behind) {

    private static final long LARGEST = -1; // unsigned

    /** Reads $, - or an id, of which the part behind the dash may be missing; empty when it is none of these. */
    static Optional<TapStart> parse(String text) {
        if (text.equals("$")) {
            return Optional.of(new TapStart(null));
        }
        if (text.equals("-")) {
            return Optional.of(new TapStart(EntryId.ZERO));
        }
        try {
            return Optional.of(new TapStart(before(EntryId.parse(text.contains("-") ? text : text + "-0"))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static EntryId before(EntryId id) {
        if (id.equals(EntryId.ZERO)) {
            return id;
        }
        return id.seq() == 0 ? new EntryId(id.ms() - 1, LARGEST) : new EntryId(id.ms(), id.seq() - 1);
    }

    /** Whether it begins with what is there already. */
    boolean isPast() {
        return behind != null;
    }

    EntryId after(Supplier<EntryId> newest) {
        return behind == null ? newest.get() : behind;
    }
}
