package io.heatwire.ops.cli;

import io.heatwire.ops.status.HealthCall;
import io.heatwire.ops.status.NoAnswerException;
import io.heatwire.ops.status.StatusPage;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
            "Shows the state of a running engine: its stages, the edges between them, what became of all entries, and how much"
                    + " of what should be there is.",
            "Asks the listener of the wiring that serves /health, with its token, which goes to no other address."
                    + " A ! marks what somebody has to look at."
        },
        footer = {"%nExit code 0 when all is well, 1 when something is not, 69 when the engine does not answer."})
final class StatusCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-w", "--wiring"},
            required = true,
            paramLabel = "FILE",
            description = "the wiring file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private OperatorSource operators = new OperatorSource();

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
    public Integer call() throws InterruptedException {
        if (everyS < 1 || everyS > 3_600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--every must be 1 to 3600");
        }
        WiringResult result = Wiring.load(file, console.environment(), operators.catalog(console), Set.of());
        if (!(result instanceof WiringResult.Ready ready)) {
            console.err().print(result.render());
            console.err().flush();
            return Exit.CONFIGURATION;
        }
        Optional<HttpListener> listener = HealthListener.of(ready.plan());
        String address = url;
        if (address == null && listener.isEmpty()) {
            console.err().println("heatwire: no listener of " + file + " serves health; give --url");
            return Exit.CONFIGURATION;
        }
        URI page = address == null ? HealthListener.page(listener.orElseThrow()) : given(address);
        Optional<HttpListener> ours = address == null ? listener : HealthListener.at(page, ready.plan());
        Path secret = tokenFile;
        Optional<String> token = secret == null ? ours.map(HttpListener::token) : TokenFile.read(secret, console);
        if (secret != null && token.isEmpty()) {
            return Exit.CONFIGURATION;
        }
        HealthCall call = new HealthCall(page, token.orElse(null));
        return isWatching ? watch(call) : show(call);
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

    private int show(HealthCall call) throws InterruptedException {
        try {
            StatusPage page = call.ask();
            page.print(console.out());
            return page.isWell() ? Exit.OK : Exit.PARTLY;
        } catch (NoAnswerException none) {
            console.err().println("heatwire: " + none.getMessage());
            return Exit.UNAVAILABLE;
        }
    }

    private int watch(HealthCall call) throws InterruptedException {
        int code = Exit.OK;
        while (!console.stop().isRequested()) {
            console.out().print(separator());
            code = show(call);
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
