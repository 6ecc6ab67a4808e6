package io.heatwire.operators.planid;

import io.heatwire.contract.event.Event;
import io.heatwire.operators.number.DecimalText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The plan id of contract section 5.5, byte for byte what the other services compute, its weaknesses included: {@code :} is not
 * escaped, scores that agree in six decimals give one id, and 64 bits are the whole identity.
 */
public final class PlanId {

    private static final int BYTES = 8;

    private PlanId() {}

    /**
     * The first 16 hex digits, lower case, of the SHA-256 of the fingerprint.
     *
     * @param newSl the proposed stop; empty when it is absent or no number, infinities and NaN as they are
     * @param computedAtUtc as the publisher wrote it, empty when it is absent
     */
    public static String of(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        byte[] text =
                fingerprint(symbol, action, killScore, newSl, computedAtUtc).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(text), 0, BYTES);
    }

    /**
     * The id that the planner gives the plan of a published proposal, for entries that carry the proposal without its id.
     *
     * <p>A stop may be absent, it then reads {@code None}. Symbol, action, kill score and time may not: without the time every
     * proposal of a symbol would share one id, and the decision about the first would stand for all.
     *
     * @param action the entry's action, under whatever name it came
     * @return empty when a part is absent or empty, or when the kill score is no finite number
     */
    public static Optional<String> ofProposal(Event proposal, String action) {
        OptionalDouble killScore = DecimalText.parseFinite(proposal.get("kill_score"));
        if (action.isEmpty() || killScore.isEmpty() || !proposal.has("symbol") || !proposal.has("computed_at_utc")) {
            return Optional.empty();
        }
        return Optional.of(of(
                proposal.get("symbol", ""),
                action,
                killScore.getAsDouble(),
                DecimalText.parse(proposal.get("new_sl_proposed")),
                proposal.get("computed_at_utc", "")));
    }

    /** The text that is hashed: {@code symbol:action:kill_score:new_sl:computed_at_utc}. */
    public static String fingerprint(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        String stop = newSl.isPresent() ? DecimalText.write(newSl.getAsDouble()) : "None";
        return String.join(":", symbol, action, DecimalText.fixed(killScore, 6), stop, computedAtUtc);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
