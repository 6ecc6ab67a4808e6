package io.heatwire.ops.cli;

import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.tap.Screen;
import io.heatwire.ops.tap.TapLine;
import java.util.List;

/** Lines on the terminal; what is not an entry goes beside them. */
final class TapScreen implements Screen {

    private final Console console;
    private final boolean isJson;
    private final int width;

    TapScreen(Console console, boolean isJson, List<String> names) {
        this.console = console;
        this.isJson = isJson;
        this.width = TapLine.width(names);
    }

    @Override
    public boolean show(String stream, StreamEntry entry) {
        console.out().println(isJson ? TapLine.json(stream, entry) : TapLine.text(stream, width, entry));
        return !console.out().checkError();
    }

    @Override
    public void skipped(long entries) {
        console.err().println("... " + entries + " skipped: more than --rate");
    }
}
