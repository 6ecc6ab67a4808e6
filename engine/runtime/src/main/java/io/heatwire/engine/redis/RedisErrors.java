package io.heatwire.engine.redis;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells from an error what to do about it. Redis states the kind of an error as its first word; that word is protocol. The
 * client's own exception classes are not used for it, since they go by the first letters only: BUSYGROUP is a BUSY for them.
 */
final class RedisErrors {

    static final String NOSCRIPT = "NOSCRIPT";

    /** What a primary says to blocked readers when it becomes a replica: the group is safe, at the new primary. */
    private static final String DEMOTED = "instance state changed";

    /** What the client library adds: its class names, a host it has not looked up yet, and a star for each letter of a password. */
    private static final Pattern NOISE =
            Pattern.compile("io\\.lettuce\\.core\\.\\w+: |/<unresolved>|\\*+@|\\?timeout=\\w+");

    private static final int LONGEST = 1000;

    private static final Set<String> RETRY =
            Set.of("OOM", "BUSY", "LOADING", "MISCONF", "NOREPLICAS", "TRYAGAIN", NOSCRIPT);
    private static final Set<String> REFUSED = Set.of("WRONGTYPE", "NOPERM", "ERR", "NOAUTH", "WRONGPASS");

    /** A missing right inside a script comes as a plain ERR, which would put the blame on the entries of the call. */
    private static final Pattern FORBIDDEN_IN_SCRIPT =
            Pattern.compile("^ERR (The user executing the script can't|ACL failure in script)");

    private RedisErrors() {}

    /** The same failure as the engine understands it. */
    static LinkException classify(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof LinkException already) {
            return already;
        }
        if (cause instanceof RedisCommandTimeoutException) {
            return new LinkException(Kind.EPOCH_OVER, "TIMEOUT", text(cause), cause);
        }
        String word = word(cause);
        if (cause instanceof RedisCommandExecutionException && word != null) {
            return new LinkException(kind(word, cause), word, text(cause), cause);
        }
        return new LinkException(Kind.EPOCH_OVER, "CONNECTION", text(cause), cause);
    }

    private static Kind kind(String word, Throwable cause) {
        if (word.equals("UNBLOCKED") && String.valueOf(cause.getMessage()).contains(DEMOTED)) {
            return Kind.EPOCH_OVER;
        }
        if (RETRY.contains(word)) {
            return Kind.RETRY;
        }
        if (word.equals("NOGROUP") || word.equals("UNBLOCKED")) {
            return Kind.GROUP_LOST;
        }
        return REFUSED.contains(word) ? Kind.REFUSED : Kind.EPOCH_OVER;
    }

    private static @Nullable String word(Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isEmpty()) {
            return null;
        }
        if (FORBIDDEN_IN_SCRIPT.matcher(message).find()) {
            return "NOPERM";
        }
        // An error raised inside a script is prefixed with ERR by some versions and carries the true word, if any,
        // behind it.
        String behind =
                message.startsWith("ERR ") && message.contains("script: ") ? firstWord(message.substring(4)) : "";
        return behind.matches("[A-Z]+") ? behind : firstWord(message);
    }

    private static String firstWord(String text) {
        int blank = text.indexOf(' ');
        String word = blank < 0 ? text : text.substring(0, blank);
        return word.startsWith("-") ? word.substring(1) : word;
    }

    /** One line for people, whatever a server or a certificate puts into its words. */
    private static String text(Throwable cause) {
        String first = words(Causes.firstWithWords(cause));
        String deepest = words(Causes.deepest(cause));
        String text = first.contains(deepest) ? first : first + " (" + deepest + ")";
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        String advice = ConnectAdvice.on(cause);
        return shown.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?") + (advice.isEmpty() ? "" : ": " + advice);
    }

    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null) {
            return thrown instanceof ClosedChannelException
                    ? "Connection closed"
                    : thrown.getClass().getSimpleName();
        }
        return NOISE.matcher(message).replaceAll("");
    }
}
