package io.heatwire.ops.demo.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarketFileTest {

    private static final String HEADER = "ts_ms,symbol,open,high,low,close,volume";

    @TempDir
    private Path directory;

    @Test
    void readsBarsTickByTick() {
        MarketFile market = MarketFile.check(written(bars(70)));

        assertThat(market.symbols()).containsExactly("AAAUSDT", "BBBUSDT");
        assertThat(market.barMs()).isEqualTo(60_000);
        try (Ticks ticks = market.open()) {
            assertThat(ticks.next()).isEqualTo(new Tick(0, List.of(new Bar("AAAUSDT", 10.5), new Bar("BBBUSDT", 2))));
            assertThat(ticks.next()).extracting(Tick::tsMs).isEqualTo(60_000L);
        }
    }

    @Test
    void takesTheUsualGapForTheIntervalWhenThereIsAnOutage() {
        List<String> lines = bars(70);
        lines.replaceAll(line -> line.replaceFirst("^(\\d{7,}),", "9$1,"));

        assertThat(MarketFile.check(written(lines)).barMs()).isEqualTo(60_000);
    }

    @Test
    void namesFileLineAndFault() {
        assertRefused("60000,AAAUSDT,10,11,9,abc,1", ":3: close 'abc' is not a number");
        assertRefused("60000,AAAUSDT,10,11,9,NaN,1", ":3: close 'NaN' is not a number");
        assertRefused("60000,AAAUSDT,10,11,9,1e999,1", ":3: close '1e999' is not a number");
        assertRefused("60000,AAAUSDT,10,11,0,10,1", ":3: low '0' is not above 0");
        assertRefused("60000,AAAUSDT,10,11,9,12,1", ":3: open and close must lie between low and high");
        assertRefused("60000,AAAUSDT,10,11,9,10", ":3: 6 columns, expected 7: " + HEADER);
        assertRefused("soon,AAAUSDT,10,11,9,10,1", ":3: ts_ms 'soon' is not a Unix time in ms");
        assertRefused("60000,a b,10,11,9,10,1", ":3: symbol 'a b' is not 2 to 24 upper-case letters and digits");
        assertRefused("-1,AAAUSDT,10,11,9,10,1", ":3: ts_ms '-1' is not a Unix time in ms");
        assertRefused("0,AAAUSDT,10,11,9,10,1", ":3: a second bar of AAAUSDT at 0");
        assertRefused("x".repeat(1000), ":3: longer than 400 characters");
    }

    @Test
    void refusesTimeThatGoesBack() {
        List<String> lines = List.of(HEADER, "60000,AAAUSDT,1,1,1,1,1", "0,AAAUSDT,1,1,1,1,1");

        assertThatThrownBy(() -> MarketFile.check(written(lines)))
                .hasMessageEndingWith("bars.csv.gz:3: ts_ms goes back from 60000 to 0");
    }

    @Test
    void refusesAWrongHeaderAndAnEmptyFile() {
        assertThatThrownBy(() -> MarketFile.check(written(List.of("time,price"))))
                .hasMessageEndingWith("bars.csv.gz:1: the first line is not " + HEADER);
        assertThatThrownBy(() -> MarketFile.check(written(List.of(HEADER))))
                .hasMessageEndingWith("bars.csv.gz: no bars");
    }

    @Test
    void refusesTooFewBarsForAVolatility() {
        assertThatThrownBy(() -> MarketFile.check(written(bars(65))))
                .isInstanceOf(MarketFileException.class)
                .hasMessageEndingWith("AAAUSDT has 65 bars; its volatility needs more than 65");
    }

    @Test
    void refusesWhatIsNoGzipOrCutOff() throws IOException {
        Path plain = directory.resolve("plain.csv");
        Files.writeString(plain, HEADER);
        byte[] whole = gzip(String.join("\n", bars(200)));
        Path cut = directory.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> MarketFile.check(plain)).hasMessageContaining("not a gzip file");
        assertThatThrownBy(() -> MarketFile.check(cut)).hasMessageContaining("the gzip data is damaged or cut off");
        assertThatThrownBy(() -> MarketFile.check(directory.resolve("absent.csv.gz")))
                .hasMessageEndingWith("absent.csv.gz: no such file");
    }

    private void assertRefused(String line, String message) {
        List<String> lines = new ArrayList<>(List.of(HEADER, "0,AAAUSDT,10,11,9,10,1", line));
        assertThatThrownBy(() -> MarketFile.check(written(lines)))
                .isInstanceOf(MarketFileException.class)
                .hasMessageEndingWith("bars.csv.gz" + message);
    }

    private static List<String> bars(int count) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < count; i++) {
            lines.add(i * 60_000L + ",AAAUSDT,10,11,9,10.5,3");
            lines.add(i * 60_000L + ",BBBUSDT,2,2,2,2,0.5");
        }
        return lines;
    }

    private Path written(List<String> lines) {
        try {
            return Files.write(directory.resolve("bars.csv.gz"), gzip(String.join("\n", lines) + "\n"));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
