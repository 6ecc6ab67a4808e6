package io.heatwire.ops.demo.market;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One pass through a file of bars, holding one tick at a time. Every line is checked. */
final class FileTicks implements Ticks {

    private static final int MAX_LINE = 400;

    private final Path file;
    private final BufferedReader reader;
    private int lineNumber;
    private @Nullable BarLine ahead;

    FileTicks(Path file) {
        this.file = file;
        this.reader = open(file);
        String header = line();
        if (!BarLine.HEADER.equals(header)) {
            close();
            throw problem("the first line is not " + BarLine.HEADER, null);
        }
        this.ahead = bar();
    }

    @Override
    public @Nullable Tick next() {
        BarLine first = ahead;
        if (first == null) {
            return null;
        }
        List<Bar> bars = new ArrayList<>();
        Set<String> symbols = new HashSet<>();
        for (BarLine bar = first; bar != null && bar.tsMs() == first.tsMs(); bar = ahead) {
            if (!symbols.add(bar.bar().symbol())) {
                throw problem("a second bar of " + bar.bar().symbol() + " at " + bar.tsMs(), null);
            }
            bars.add(bar.bar());
            advance(bar);
        }
        return new Tick(first.tsMs(), List.copyOf(bars));
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException readOnly) {
            throw new MarketFileException(file + ": " + readOnly.getMessage(), readOnly);
        }
    }

    private void advance(BarLine from) {
        BarLine next = bar();
        if (next != null && next.tsMs() < from.tsMs()) {
            throw problem("ts_ms goes back from " + from.tsMs() + " to " + next.tsMs(), null);
        }
        ahead = next;
    }

    private @Nullable BarLine bar() {
        String line = line();
        if (line == null) {
            return null;
        }
        try {
            return BarLine.parse(line);
        } catch (IllegalArgumentException malformed) {
            throw problem(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    // Not readLine(): a file without line ends would be read into memory as a whole.
    private @Nullable String line() {
        lineNumber++;
        StringBuilder line = new StringBuilder(80);
        try {
            for (int unit = reader.read(); unit != '\n'; unit = reader.read()) {
                if (unit < 0) {
                    return line.length() == 0 ? null : line.toString();
                }
                if (line.length() == MAX_LINE) {
                    throw problem("longer than " + MAX_LINE + " characters", null);
                }
                line.append((char) unit);
            }
        } catch (EOFException | ZipException damaged) {
            throw problem("the gzip data is damaged or cut off", damaged);
        } catch (CharacterCodingException notText) {
            throw problem("not text", notText);
        } catch (IOException unreadable) {
            throw problem(String.valueOf(unreadable.getMessage()), unreadable);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    private MarketFileException problem(String what, @Nullable Throwable cause) {
        return new MarketFileException(
                file + ":" + lineNumber + ": " + what, cause == null ? new IOException(what) : cause);
    }

    private static BufferedReader open(Path file) {
        try {
            InputStream bytes = Files.newInputStream(file);
            try {
                return new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.UTF_8.newDecoder()));
            } catch (IOException notGzip) {
                bytes.close();
                throw new MarketFileException(file + ": not a gzip file (expected bars as .csv.gz)", notGzip);
            }
        } catch (NoSuchFileException absent) {
            throw new MarketFileException(file + ": no such file", absent);
        } catch (IOException unreadable) {
            throw new MarketFileException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
