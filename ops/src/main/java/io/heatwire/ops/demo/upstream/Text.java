package io.heatwire.ops.demo.upstream;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Numbers and times as the upstream services write them. */
final class Text {

    private static final int DECIMALS = 8;
    private static final DateTimeFormatter ISO_MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private Text() {}

    static String number(double value) {
        String text = BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return text.contains(".") ? text : text + ".0";
    }

    static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    /** ISO date and time with microseconds and no zone (contract section 3.2). */
    static String isoMicros(Instant time) {
        return ISO_MICROS.format(time);
    }
}
