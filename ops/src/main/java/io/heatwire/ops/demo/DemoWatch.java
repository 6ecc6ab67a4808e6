package io.heatwire.ops.demo;

import io.heatwire.ops.demo.market.Book;
import io.heatwire.ops.demo.report.ChainFigures;
import io.heatwire.ops.demo.report.Entry;
import io.heatwire.ops.demo.upstream.Command;
import io.heatwire.ops.demo.upstream.Upstream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Looks at the chain while the market plays: gathers figures, asks for a close now and then, prints a line of progress. */
final class DemoWatch {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SPEAK = Duration.ofSeconds(5);
    private static final DateTimeFormatter MARKET_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RedisCommands redis;
    private final ChainReader reader;
    private final ChainFigures figures;
    private final DemoClock clock;
    private final PrintWriter out;
    private final Instant start;
    private Instant nextLook;
    private Instant nextLine;

    DemoWatch(RedisCommands redis, ChainReader reader, ChainFigures figures, DemoClock clock, PrintWriter out) {
        this.redis = redis;
        this.reader = reader;
        this.figures = figures;
        this.clock = clock;
        this.out = out;
        this.start = clock.now();
        this.nextLook = start.plus(LOOK);
        this.nextLine = start.plus(SPEAK);
    }

    void on(Book book) {
        Instant now = clock.now();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK);
        Optional<Entry> newest = reader.read();
        newest.ifPresent(this::close);
        if (!now.isBefore(nextLine)) {
            nextLine = now.plus(SPEAK);
            out.println(line(book, now));
        }
    }

    // Closes are what the observer at reconcile_close_consume looks at; by now the plan has its decision.
    private void close(Entry plan) {
        String planId = plan.fields().getOrDefault("plan_id", "");
        Command close = Upstream.reconcileClose(planId, plan.fields().getOrDefault("symbol", ""), clock.now());
        Object id = redis.ask(close.name(), close.arguments());
        if (id instanceof String text) {
            figures.onClose(planId, Long.parseLong(text.substring(0, text.indexOf('-'))));
        }
    }

    private String line(Book book, Instant now) {
        return String.format(
                Locale.ROOT,
                "%4d s  %s  equity %8.2f USD  heat %s  |  %s",
                Duration.between(start, now).toSeconds(),
                MARKET_TIME.format(Instant.ofEpochMilli(book.tsMs())),
                book.equity(),
                book.heat().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", book.heat().getAsDouble())
                        : " - ",
                figures.progress());
    }
}
