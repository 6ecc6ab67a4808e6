package io.heatwire.wiring.live;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import reactor.core.publisher.Mono;

/** Asks one command after the other. A command that the user may not give is remembered, and its answer is missing. */
final class Probe {

    private static final Set<String> WITH_SECOND_WORD = Set.of("ACL", "XINFO");

    private final ControlLink link;
    private final Set<String> withheld = new TreeSet<>();

    Probe(ControlLink link) {
        this.link = link;
    }

    /** The reply; empty for nil, for a key that is missing or of another type, and for a command that is withheld. */
    Mono<Object> ask(String name, String... args) {
        return link.command(name, args)
                .onErrorResume(
                        LinkException.class,
                        failure -> isAnswer(failure, name, args) ? Mono.empty() : Mono.error(failure));
    }

    /** Whether the server has answered, if only to say no; what is lost or has to wait is no answer. */
    private boolean isAnswer(LinkException failure, String name, String... args) {
        boolean isWithheld = failure.code().equals("NOPERM")
                || (failure.code().equals("ERR")
                        && String.valueOf(failure.getMessage()).contains("unknown"));
        if (isWithheld) {
            withhold(name, args);
        }
        return failure.kind() == LinkException.Kind.REFUSED || failure.kind() == LinkException.Kind.GROUP_LOST;
    }

    private synchronized void withhold(String name, String... args) {
        String second = WITH_SECOND_WORD.contains(name) && args.length > 0 ? "|" + args[0] : "";
        withheld.add((name + second).toLowerCase(Locale.ROOT));
    }

    /** The commands that were withheld so far. */
    synchronized Set<String> withheld() {
        return Set.copyOf(withheld);
    }
}
