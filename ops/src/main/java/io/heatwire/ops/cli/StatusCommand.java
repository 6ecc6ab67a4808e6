package io.heatwire.ops.cli;

import io.heatwire.ops.ask.Answer;
import io.heatwire.ops.ask.EngineCall;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.HealthAnswer;
import io.heatwire.ops.status.StatusPage;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a running engine says of itself. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Shows the state of what runs: the stages, the edges between them, what became of all entries, and how much"
                    + " of what should be there is.",
            "Asks the listeners of the wiring that serve /health, each with its token, which goes to no other address: one that"
                    + " speaks of all stages, and for stages in processes of their own the listener of each. A stage whose engine"
                    + " does not answer has a row that says so. A ! marks what somebody has to look at."
        },
        footer = {
            "%nExit code 0 when all is well, 1 when something is not or a stage's engine does not answer, 69 when"
                    + " none does."
        })
final class StatusCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Mixin
    private StageOption stages = new StageOption();

    @Option(names = "--url", paramLabel = "URL", description = "ask here instead, for example http://127.0.0.1:8090")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "show the token in this file instead of that of the wiring, wherever --url leads")
    private @Nullable Path tokenFile;

    @Option(
            names = "--watch",
            description = "show it again every few seconds, until Ctrl-C; with TERM=dumb one below the other")
    private boolean isWatching;

    @Option(names = "--every", paramLabel = "S", defaultValue = "2", description = "how often, in s (${DEFAULT-VALUE})")
    private int everyS = 2;

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (everyS < 1 || everyS > 3_600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--every must be 1 to 3600");
        }
        if (url != null && stages.isGiven()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--url asks one engine for all it says; give --stage without it");
        }
        return wiring.load(console, this::status);
    }

    private int status(WiringResult.Ready ready) {
        EngineListeners listeners = wiring.listeners(console, ready);
        List<String> names = stages.of(ready, spec);
        String address = url;
        if (address == null && !listeners.serves(Serves.HEALTH)) {
            console.err().println("heatwire: no listener of " + wiring.file() + " serves health; give --url");
            return Exit.CONFIGURATION;
        }
        Path secret = tokenFile;
        Optional<String> named = secret == null ? Optional.empty() : TokenFile.read(secret, console);
        if (secret != null && named.isEmpty()) {
            return Exit.CONFIGURATION;
        }
        if (address == null) {
            EngineListeners asked = named.map(listeners::withToken).orElse(listeners);
            return look(() -> all(asked, names));
        }
        URI page = given(address);
        Optional<String> token = named.or(() -> listeners.at(page).map(HttpListener::token));
        EngineCall engine = new EngineCall();
        return look(() -> one(engine.health(page, token.orElse(null))));
    }

    private int look(IntSupplier show) {
        try {
            return isWatching ? watch(show) : show.getAsInt();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.INTERNAL;
        }
    }

    private URI given(String address) {
        try {
            URI uri = URI.create(address);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null) {
                String path = uri.getPath();
                return path == null || path.isEmpty() || path.equals("/") ? uri.resolve("/health") : uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw notAnAddress(malformed);
        }
        throw notAnAddress(null);
    }

    private CommandLine.ParameterException notAnAddress(@Nullable Throwable cause) {
        return new CommandLine.ParameterException(
                spec.commandLine(), "--url must be an address such as http://127.0.0.1:8090", cause);
    }

    /** What all engines of the wiring say, whichever process each stage runs in. */
    private int all(EngineListeners listeners, List<String> names) {
        Gathered<HealthAnswer> answers = listeners.healths(names);
        if (answers.isNothing()) {
            return silent(answers.whyNothing());
        }
        return show(stages.isGiven() ? StatusPage.ofOnly(answers, names) : StatusPage.of(answers, names));
    }

    private int one(Answer<HealthAnswer> answer) {
        return answer.said().map(StatusPage::of).map(this::show).orElseGet(() -> silent(answer.whyNot()));
    }

    private int silent(String why) {
        console.err().println("heatwire: " + why + "; is the engine running there?");
        return Exit.UNAVAILABLE;
    }

    private int show(StatusPage page) {
        page.print(console.out());
        return page.isWell() ? Exit.OK : Exit.PARTLY;
    }

    private int watch(IntSupplier show) throws InterruptedException {
        int code = Exit.OK;
        while (!console.stop().isRequested()) {
            console.out().print(separator());
            code = show.getAsInt();
            pause();
        }
        return code;
    }

    /** A terminal begins anew; a file, where TERM=dumb says so, goes on below. */
    private String separator() {
        return console.environment().getOrDefault("TERM", "dumb").equals("dumb") ? System.lineSeparator() : CLEAR;
    }

    private void pause() throws InterruptedException {
        try {
            console.stop().requested().get(everyS, TimeUnit.SECONDS);
        } catch (TimeoutException nobodyAsked) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
