package io.heatwire.ops.graph;

import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * Where the nodes and wires of a picture stand when data flows from top to bottom: narrow enough for a page that is read
 * downwards. A wire that passes rows has a place of its own in each, so that it runs beside the boxes and not behind them. Same
 * picture, same places.
 */
public final class TopDown {

    /** Height of a box, in px. */
    public static final int BOX_HEIGHT = 30;

    private static final int ROW = 84;
    private static final int GAP = 22;
    private static final int MARGIN = 10;
    private static final int WIRE_WIDTH = 6;
    private static final int SWEEPS = 24;
    private static final int PULLS = 40;

    /**
     * What stands where.
     *
     * @param boxes for each node
     * @param wires for each edge, in the order of the picture
     */
    public record Plan(int width, int height, Map<Node, Box> boxes, List<Wire> wires) {}

    /** A box with its left upper corner, in px. */
    public record Box(int x, int y, int width) {}

    /** The points an edge runs through, from its first end to its last, in px. */
    public record Wire(Edge edge, List<Point> points) {}

    /** A place, in px. */
    public record Point(int x, int y) {}

    /** A node in its row, or the place where a wire crosses it. */
    private static final class Cell {

        private final int row;
        private final int width;
        private final List<Cell> neighbours = new ArrayList<>();
        private double middle;

        Cell(int row, int width) {
            this.row = row;
            this.width = width;
        }

        double pull() {
            return neighbours.stream()
                    .mapToDouble(each -> each.middle)
                    .average()
                    .orElse(middle);
        }
    }

    private final Picture picture;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final Map<Node, Cell> cells = new HashMap<>();
    private final IdentityHashMap<Edge, List<Cell>> crossings = new IdentityHashMap<>();

    private TopDown(Picture picture) {
        this.picture = picture;
    }

    /**
     * The places.
     *
     * @param widthOf how wide a node's box must be, in px
     */
    public static Plan of(Picture picture, ToIntFunction<Node> widthOf) {
        TopDown drawing = new TopDown(picture);
        drawing.placeNodes(widthOf);
        picture.edges().forEach(drawing::cross);
        drawing.order();
        drawing.spread();
        return drawing.plan();
    }

    private void placeNodes(ToIntFunction<Node> widthOf) {
        for (List<Node> layer : Layers.of(picture)) {
            List<Cell> row = new ArrayList<>();
            for (Node node : layer) {
                Cell cell = new Cell(rows.size(), widthOf.applyAsInt(node));
                cells.put(node, cell);
                row.add(cell);
            }
            rows.add(row);
        }
        rows.forEach(TopDown::pack);
    }

    private void cross(Edge edge) {
        Cell from = cell(edge.from());
        Cell to = cell(edge.to());
        int step = Integer.signum(to.row - from.row);
        List<Cell> between = new ArrayList<>();
        Cell last = from;
        for (int row = from.row + step; row != to.row && step != 0; row += step) {
            Cell crossing = new Cell(row, WIRE_WIDTH);
            crossing.middle =
                    from.middle + (to.middle - from.middle) * Math.abs(row - from.row) / Math.abs(to.row - from.row);
            rows.get(row).add(crossing);
            between.add(crossing);
            join(last, crossing);
            last = crossing;
        }
        join(last, to);
        crossings.put(edge, between);
    }

    private static void join(Cell one, Cell other) {
        one.neighbours.add(other);
        other.neighbours.add(one);
    }

    private Cell cell(Node node) {
        return Objects.requireNonNull(cells.get(node));
    }

    /** Down and up again, each cell to the middle of its neighbours in the row before; of all orders the one with the fewest crossings. */
    private void order() {
        rows.forEach(row -> row.sort(Comparator.comparingDouble(cell -> cell.middle)));
        rows.forEach(TopDown::pack);
        List<List<Cell>> best = copy();
        int fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            int step = sweep % 2 == 0 ? 1 : -1;
            for (int i = 0; i < rows.size(); i++) {
                sort(rows.get(step > 0 ? i : rows.size() - 1 - i), step);
            }
            int now = crossings();
            if (now < fewest) {
                fewest = now;
                best = copy();
            }
        }
        rows.clear();
        rows.addAll(best);
        rows.forEach(TopDown::pack);
    }

    private static void sort(List<Cell> row, int step) {
        IdentityHashMap<Cell, Double> wanted = new IdentityHashMap<>();
        row.forEach(cell -> wanted.put(
                cell,
                cell.neighbours.stream()
                        .filter(each -> Integer.signum(cell.row - each.row) == step)
                        .mapToDouble(each -> each.middle)
                        .average()
                        .orElse(cell.middle)));
        row.sort(Comparator.comparingDouble(cell -> Objects.requireNonNull(wanted.get(cell))));
        pack(row);
    }

    private List<List<Cell>> copy() {
        return rows.stream().<List<Cell>>map(ArrayList::new).toList();
    }

    private int crossings() {
        int crossings = 0;
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                for (Cell right : row.subList(i + 1, row.size())) {
                    crossings += crossings(row.get(i), right);
                }
            }
        }
        return crossings;
    }

    /** How many wires down from the left cell cross wires down from the right one. */
    private static int crossings(Cell left, Cell right) {
        int crossings = 0;
        for (Cell one : left.neighbours) {
            for (Cell other : right.neighbours) {
                if (one.row > left.row && other.row > right.row && one.middle > other.middle) {
                    crossings++;
                }
            }
        }
        return crossings;
    }

    /** Side by side around 0. */
    private static void pack(List<Cell> row) {
        double total = row.stream().mapToDouble(cell -> cell.width + GAP).sum();
        double x = -total / 2;
        for (Cell cell : row) {
            cell.middle = x + (cell.width + GAP) / 2.0;
            x += cell.width + GAP;
        }
    }

    /** Each cell under or over its neighbours as far as its row leaves room. */
    private void spread() {
        for (int pull = 0; pull < PULLS; pull++) {
            for (List<Cell> row : rows) {
                double[] wanted = row.stream().mapToDouble(Cell::pull).toArray();
                double[] right = new double[wanted.length];
                double[] left = new double[wanted.length];
                for (int i = 0; i < wanted.length; i++) {
                    right[i] = i == 0 ? wanted[0] : Math.max(wanted[i], right[i - 1] + apart(row, i));
                }
                for (int i = wanted.length - 1; i >= 0; i--) {
                    left[i] = i == wanted.length - 1 ? wanted[i] : Math.min(wanted[i], left[i + 1] - apart(row, i + 1));
                }
                for (int i = 0; i < wanted.length; i++) {
                    row.get(i).middle = (right[i] + left[i]) / 2;
                }
            }
        }
    }

    /** How far this cell's middle has to be from that of the one before it. */
    private static double apart(List<Cell> row, int i) {
        return (row.get(i - 1).width + row.get(i).width) / 2.0 + GAP;
    }

    private Plan plan() {
        double least = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(cell -> cell.middle - cell.width / 2.0)
                .min()
                .orElse(0);
        double most = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(cell -> cell.middle + cell.width / 2.0)
                .max()
                .orElse(0);
        rows.forEach(row -> row.forEach(cell -> cell.middle += MARGIN - least));
        Map<Node, Box> boxes = new HashMap<>();
        cells.forEach((node, cell) ->
                boxes.put(node, new Box((int) Math.round(cell.middle - cell.width / 2.0), top(cell), cell.width)));
        List<Wire> wires = picture.edges().stream()
                .map(edge -> new Wire(edge, points(edge)))
                .toList();
        int height = 2 * MARGIN + Math.max(0, rows.size() - 1) * ROW + BOX_HEIGHT;
        return new Plan((int) Math.ceil(most - least) + 2 * MARGIN, height, boxes, wires);
    }

    private static int top(Cell cell) {
        return MARGIN + cell.row * ROW;
    }

    private List<Point> points(Edge edge) {
        Cell from = cell(edge.from());
        Cell to = cell(edge.to());
        List<Cell> between = Objects.requireNonNull(crossings.get(edge));
        boolean isDown = to.row >= from.row;
        List<Point> points = new ArrayList<>();
        points.add(
                new Point(port(from, between.isEmpty() ? to : between.get(0)), top(from) + (isDown ? BOX_HEIGHT : 0)));
        for (Cell crossing : between) {
            int x = (int) Math.round(crossing.middle);
            points.add(new Point(x, top(crossing) + (isDown ? 0 : BOX_HEIGHT)));
            points.add(new Point(x, top(crossing) + (isDown ? BOX_HEIGHT : 0)));
        }
        Cell last = between.isEmpty() ? from : between.get(between.size() - 1);
        points.add(new Point(port(to, last), top(to) + (isDown ? 0 : BOX_HEIGHT)));
        return List.copyOf(points);
    }

    /** Where on a side of its box a wire ends: its place among all wires of that side, from left to right. */
    private static int port(Cell cell, Cell other) {
        List<Cell> sameSide = cell.neighbours.stream()
                .filter(each -> (each.row > cell.row) == (other.row > cell.row))
                .sorted(Comparator.comparingDouble(each -> each.middle))
                .toList();
        double share = (sameSide.indexOf(other) + 1.0) / (sameSide.size() + 1.0);
        return (int) Math.round(cell.middle - cell.width / 2.0 + cell.width * share);
    }
}
