package io.heatwire.ops.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that a test puts on the PATH of what it starts. */
final class ToolFolder {

    private final Path folder;

    ToolFolder(Path parent) throws IOException {
        this.folder = Files.createDirectory(parent.resolve("tools"));
    }

    /** This program under its own name. A script and no link: JUnit warns of each link in a folder that it removes. */
    void add(Path program) throws IOException {
        Path script = folder.resolve(program.getFileName());
        Files.writeString(script, "#!/bin/sh\nexec '" + program.toRealPath() + "' \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + script);
        }
    }

    /** A search path with this folder before all others. */
    String before(String path) {
        return folder + ":" + path;
    }
}
