package io.heatwire.wiring.file;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.SourceText;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the one document of a text. */
public final class WiringYaml {

    private WiringYaml() {}

    /** The document; empty when the text has none or cannot be read to its end, with the reason noted. */
    public static Optional<Node> parse(String text, SourceText source, Findings findings) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(WiringFile.MOST_BYTES + 1)
                .setUseMarks(true)
                .build();
        try {
            return new NodeReader(new Parse(settings).parseString(text).iterator(), findings).document();
        } catch (NodeReader.TooDeepException tooDeep) {
            findings.add(
                    ProblemCode.TOO_DEEP,
                    tooDeep.place(),
                    "nested deeper than " + NodeReader.DEEPEST + " levels",
                    "a wiring file needs five; look for a bracket that is not closed");
        } catch (MarkedYamlEngineException malformed) {
            Place place = malformed
                    .getProblemMark()
                    .or(malformed::getContextMark)
                    .map(WiringYaml::place)
                    .orElse(Place.NONE);
            findings.add(ProblemCode.NOT_YAML, place, "not YAML: " + malformed.getProblem(), hint(source, place));
        } catch (YamlEngineException malformed) {
            findings.add(ProblemCode.NOT_YAML, Place.NONE, "not YAML", "");
        }
        return Optional.empty();
    }

    static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** What is behind most mistakes can be seen in the line itself. */
    private static String hint(SourceText source, Place place) {
        if (place.line() < 1 || place.line() > source.lines().size()) {
            return "look for a quote or a bracket that is not closed";
        }
        String line = source.lines().get(place.line() - 1);
        if (line.substring(0, line.length() - line.stripLeading().length()).indexOf('\t') >= 0) {
            return "indent with blanks; YAML allows no tabs";
        }
        if (line.indexOf('{') != line.lastIndexOf('{')) {
            return "inside { } put quotes around a value that contains braces: \"${NAME:-default}\"";
        }
        return line.isBlank() ? "look for a quote or a bracket above that is not closed" : "";
    }
}
