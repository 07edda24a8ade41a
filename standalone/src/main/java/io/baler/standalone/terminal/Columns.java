package io.baler.standalone.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows in columns that are as wide as what stands in them. */
public final class Columns {
    private final Set<Integer> toTheRight;
    private final int count;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param toTheRight columns of numbers, by index */
    public Columns(List<String> head, Set<Integer> toTheRight) {
        this.toTheRight = toTheRight;
        this.count = head.size();
        rows.add(head);
    }

    public void add(List<String> row) {
        rows.add(row);
    }

    public List<String> lines() {
        var widths = IntStream.range(0, count)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(toTheRight.contains(column) ? padding + row.get(column) : row.get(column) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
