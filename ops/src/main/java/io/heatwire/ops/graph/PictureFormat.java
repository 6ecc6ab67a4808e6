package io.heatwire.ops.graph;

/** How a picture is written. */
public enum PictureFormat {
    /** For a terminal. */
    text,
    /** For a page that draws mermaid. */
    mermaid,
    /** For graphviz. */
    dot,
    /** For a browser. */
    svg;

    /** The whole picture, with a line feed at the end. */
    public String write(Picture picture) {
        return switch (this) {
            case text -> TextPicture.of(picture);
            case mermaid -> MermaidPicture.of(picture);
            case dot -> DotPicture.of(picture);
            case svg -> SvgPicture.of(picture);
        };
    }
}
