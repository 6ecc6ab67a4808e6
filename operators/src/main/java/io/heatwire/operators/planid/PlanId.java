package io.heatwire.operators.planid;

import io.heatwire.operators.number.DecimalText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/** The plan id of the contract, section 5.5: byte for byte what the other services compute. */
public final class PlanId {

    private static final int DIGEST_BYTES = 8;

    private PlanId() {}

    /**
     * The first 16 hexadecimal characters of the SHA-256 of the fingerprint.
     *
     * @param newSl empty when the proposal has none or none that is a number
     * @return empty when the kill score is not finite: such a proposal is not one
     */
    public static Optional<String> of(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        if (!Double.isFinite(killScore)) {
            return Optional.empty();
        }
        byte[] text =
                fingerprint(symbol, action, killScore, newSl, computedAtUtc).getBytes(StandardCharsets.UTF_8);
        return Optional.of(HexFormat.of().formatHex(sha256(text), 0, DIGEST_BYTES));
    }

    /** The text that is hashed: {@code symbol:action:kill_score:new_sl:computed_at_utc}. */
    public static String fingerprint(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        String stop = newSl.isPresent() ? DecimalText.write(newSl.getAsDouble()) : "None";
        return symbol + ':' + action + ':' + DecimalText.fixed(killScore, 6) + ':' + stop + ':' + computedAtUtc;
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
