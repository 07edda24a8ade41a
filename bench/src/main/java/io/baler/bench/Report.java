package io.baler.bench;

import io.baler.bench.ThreadTimes.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all runs took together, for people and for programs.
 *
 * @param options what was measured
 * @param sourceBytes of BSON in the source; 0 if it is not the benchmark's own
 * @param javaOptions of the exporter's virtual machine
 */
public record Report(BenchOptions options, long sourceBytes, List<String> javaOptions, List<Run> runs) {
    private static final double MEGA = 1e6;
    private static final double MEBI = 1 << 20;

    public Report {
        runs = List.copyOf(runs);
        javaOptions = List.copyOf(javaOptions);
    }

    private Figure figure(ToDoubleFunction<Run> value) {
        return Figure.of(runs.stream().map(value::applyAsDouble).toList());
    }

    private Map<String, Figure> figures() {
        var figures = new LinkedHashMap<String, Figure>();
        figures.put("wall, s", figure(Run::wallSeconds));
        if (options.command() == null) {
            figures.put("of it exporting, s", figure(Run::exportSeconds));
        }
        figures.put("CPU, s", figure(Run::cpuSeconds));
        figures.put("CPU, s per million records", figure(Run::cpuPerMillion));
        figures.put("records/s", figure(Run::recordsPerSecond));
        if (sourceBytes > 0) {
            figures.put(
                    "BSON read, MB/s", figure(run -> run.recordsPerSecond() * sourceBytes / options.records() / MEGA));
        }
        figures.put("archive, MB", figure(run -> run.archiveBytes() / MEGA));
        figures.put("archive written, MB/s", figure(run -> run.archiveBytes() / MEGA / run.wallSeconds()));
        figures.put("peak RSS, MiB", figure(run -> run.peakRssBytes() / MEBI));
        if (options.command() == null) {
            for (var stage : Stage.values()) {
                figures.put(
                        "CPU " + stage.name().toLowerCase(Locale.ROOT) + ", s",
                        figure(run -> run.stages().getOrDefault(stage, 0.0)));
            }
            figures.put("exporting thread waiting, s", figure(Run::waitingSeconds));
        }
        return figures;
    }

    private String archives() {
        return runs.stream().map(Run::archives).distinct().collect(Collectors.joining(" | "));
    }

    private String engines() {
        return runs.stream().map(Run::engine).distinct().collect(Collectors.joining(" | "));
    }

    /** A table with the median, the least and the most of each figure. */
    public String asText() {
        var text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "%s%n%n%-30s %12s %12s %12s%n", heading(), "", "median", "least", "most"));
        figures()
                .forEach((name, figure) -> text.append(String.format(
                        Locale.ROOT,
                        "%-30s %,12.2f %,12.2f %,12.2f%n",
                        name,
                        figure.median(),
                        figure.least(),
                        figure.most())));
        if (options.command() == null) {
            text.append("\nSHA-256 of the data: ").append(archives()).append('\n');
        }
        return text.toString();
    }

    private String heading() {
        long records = runs.get(0).records();
        if (options.command() != null) {
            return String.format(Locale.ROOT, "%,d records; %d runs of %s", records, runs.size(), options.command());
        }
        return String.format(
                Locale.ROOT,
                "%,d records as %s, %d at once, deflated by %s; %d runs%njava %s, %s",
                records,
                options.format(),
                options.atOnce(),
                engines(),
                runs.size(),
                System.getProperty("java.version"),
                String.join(" ", javaOptions));
    }

    /** The same figures and every run as they were measured. */
    public String asJson() {
        var all = new LinkedHashMap<String, Object>();
        all.put("records", runs.get(0).records());
        if (options.command() == null) {
            all.put("format", options.format());
            all.put("atOnce", options.atOnce());
            all.put("compressor", engines());
            all.put("java", System.getProperty("java.version"));
            all.put("javaOptions", javaOptions);
            all.put("settings", options.settings());
        } else {
            all.put("command", options.command());
        }
        all.put("sourceBytes", sourceBytes);
        all.put("figures", figures());
        all.put("runs", runs);
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }
}
