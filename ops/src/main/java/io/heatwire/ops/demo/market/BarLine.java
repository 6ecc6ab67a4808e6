package io.heatwire.ops.demo.market;

import java.util.regex.Pattern;

/** One line of a file of bars: {@code ts_ms,symbol,open,high,low,close,volume}. */
record BarLine(long tsMs, Bar bar) {

    static final String HEADER = "ts_ms,symbol,open,high,low,close,volume";
    private static final int COLUMNS = 7;
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{2,24}");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,15}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,2})?");

    /** Reads a line; throws IllegalArgumentException with what is wrong, for people. */
    static BarLine parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(cells.length + " columns, expected " + COLUMNS + ": " + HEADER);
        }
        double open = price("open", cells[2]);
        double high = price("high", cells[3]);
        double low = price("low", cells[4]);
        double close = price("close", cells[5]);
        number("volume", cells[6]);
        if (low > Math.min(open, close) || high < Math.max(open, close)) {
            throw new IllegalArgumentException("open and close must lie between low and high");
        }
        return new BarLine(time(cells[0]), new Bar(symbol(cells[1]), close));
    }

    private static long time(String cell) {
        if (!TIME.matcher(cell).matches()) {
            throw new IllegalArgumentException("ts_ms '" + cell + "' is not a Unix time in ms");
        }
        return Long.parseLong(cell);
    }

    private static String symbol(String cell) {
        if (!SYMBOL.matcher(cell).matches()) {
            throw new IllegalArgumentException("symbol '" + cell + "' is not 2 to 24 upper-case letters and digits");
        }
        return cell;
    }

    private static double price(String column, String cell) {
        double price = number(column, cell);
        if (price <= 0) {
            throw new IllegalArgumentException(column + " '" + cell + "' is not above 0");
        }
        return price;
    }

    private static double number(String column, String cell) {
        double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(column + " '" + cell + "' is not a number");
        }
        return value;
    }
}
