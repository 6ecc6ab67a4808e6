package io.heatwire.engine.faults;

import java.util.Optional;

/** An engine that runs, in this process or in one of its own. */
interface Running {

    /** Its consumer name. */
    String consumer();

    /** Ends it in good order; its account, empty when it was killed before. */
    Optional<Account> stop();
}
