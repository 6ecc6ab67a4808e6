package io.heatwire.operators.planid;

import io.heatwire.operators.number.DecimalText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalDouble;

/** The plan id of the contract, section 5.5: the start of a SHA-256 over the proposal's fingerprint. */
public final class PlanId {

    private static final int BYTES = 8;
    private static final int KILL_SCORE_DECIMALS = 6;

    private PlanId() {}

    /**
     * The id: 16 lower-case hexadecimal characters.
     *
     * @param action the action verbatim
     * @param newSl the proposed stop, empty when absent or no number
     * @param computedAtUtc verbatim, "" when absent
     */
    public static String of(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        byte[] text =
                fingerprint(symbol, action, killScore, newSl, computedAtUtc).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(text), 0, BYTES);
    }

    /** The text that is hashed; nothing in it is escaped, because other services hash it as it is. */
    public static String fingerprint(
            String symbol, String action, double killScore, OptionalDouble newSl, String computedAtUtc) {
        String stop = newSl.isPresent() ? DecimalText.write(newSl.getAsDouble()) : "None";
        return String.join(":", symbol, action, DecimalText.fixed(killScore, KILL_SCORE_DECIMALS), stop, computedAtUtc);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
