package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.failover.Outage.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Draws an outage as SVG: for each second in which requests began, a line through the median of the
 * times to a caption, a dot at the longest where it stands out, and a cross above where there was
 * none. Times on a logarithmic axis; colours follow the reader's light or dark scheme.
 */
final class Timeline {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 64;
  private static final int BOTTOM = 48;
  private static final double SHORTEST_MILLIS = 10;
  private static final double LONGEST_MILLIS = 10_000;

  /** A longest time this many times the median has a dot of its own. */
  private static final double STANDS_OUT = 1.5;

  private static final String STYLE =
      """
      <style>
        text { font: 12px sans-serif; fill: #24292f; }
        .grid { stroke: #d0d7de; }
        .down { fill: #cf222e; fill-opacity: 0.06; }
        .s0 { stroke: #0969da; color: #0969da; }
        .s1 { stroke: #bc4c00; color: #bc4c00; stroke-dasharray: 9 4; }
        .s2 { stroke: #8250df; color: #8250df; stroke-dasharray: 3 3; }
        .s3 { stroke: #57606a; color: #57606a; stroke-dasharray: 1 3; }
        path { fill: none; stroke-width: 2; }
        .cross { stroke-width: 1.5; stroke-dasharray: none; }
        circle { stroke: none; fill: currentColor; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .grid { stroke: #30363d; }
          .down { fill: #ff7b72; fill-opacity: 0.1; }
          .s0 { stroke: #58a6ff; color: #58a6ff; }
          .s1 { stroke: #f0883e; color: #f0883e; }
          .s2 { stroke: #bc8cff; color: #bc8cff; }
          .s3 { stroke: #8b949e; color: #8b949e; }
        }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();
  private final Formatter draw = new Formatter(svg, Locale.ROOT);
  private final int firstSecond;
  private final int lastSecond;

  private Timeline(int firstSecond, int lastSecond) {
    this.firstSecond = firstSecond;
    this.lastSecond = lastSecond;
  }

  /** Returns the drawing; at most four contenders can be told apart. */
  static String of(List<Outcome> outcomes) {
    Duration healthy = outcomes.get(0).healthy();
    double last =
        outcomes.stream()
            .flatMap(outcome -> outcome.samples().stream())
            .mapToDouble(Sample::second)
            .max()
            .orElse(0);
    Timeline timeline = new Timeline((int) -healthy.toSeconds(), (int) Math.ceil(last));
    timeline.begin();
    for (int i = 0; i < outcomes.size(); i++) {
      timeline.contender(i, outcomes.get(i));
    }
    return timeline.svg.append("</svg>\n").toString();
  }

  private void begin() {
    draw.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">\n",
        WIDTH, HEIGHT, "Time to a caption while the first of two servers hangs");
    svg.append(STYLE);
    draw.format(
        "<rect class=\"down\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
        x(0), TOP, x(lastSecond) - x(0), HEIGHT - TOP - BOTTOM);
    for (double millis = SHORTEST_MILLIS; millis <= LONGEST_MILLIS; millis *= 10) {
      draw.format(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
          LEFT, WIDTH - RIGHT, y(millis), y(millis));
      text(LEFT - 8, y(millis) + 4, "end", label(millis));
    }
    for (int second = 0; second <= lastSecond; second += 10) {
      text(x(second), HEIGHT - BOTTOM + 18, "middle", second + " s");
    }
    text(LEFT, HEIGHT - 8, "start", "time to a caption, by when the request began");
    text(x(0) + 4, TOP + 14, "start", "the first server hangs");
  }

  private void contender(int index, Outcome outcome) {
    int legend = LEFT + index * (WIDTH - LEFT - RIGHT) / 4;
    draw.format("<g class=\"s%d\">\n", index);
    draw.format("<path d=\"M%d 20h28\"/>\n", legend);
    text(legend + 34, 24, "start", outcome.contender());
    StringBuilder line = new StringBuilder();
    for (int second = firstSecond; second < lastSecond; second++) {
      List<Sample> begun = begun(outcome, second);
      Figures good = Figures.ofGood(begun);
      double middle = x(second + 0.5);
      if (good.count() < begun.size()) {
        // One row of crosses a contender.
        draw.format(
            "<path class=\"cross\" d=\"M%.1f %dl5 5m0 -5l-5 5\"/>\n", middle - 2, 36 + 7 * index);
      }
      if (good.count() > 0) {
        line.append(
            String.format(
                Locale.ROOT, "%s%.1f %.1f", line.isEmpty() ? "M" : "L", middle, y(good.p50())));
        if (good.max() > STANDS_OUT * good.p50()) {
          draw.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>\n", middle, y(good.max()));
        }
      }
    }
    if (!line.isEmpty()) {
      draw.format("<path d=\"%s\"/>\n", line);
    }
    svg.append("</g>\n");
  }

  private static List<Sample> begun(Outcome outcome, int second) {
    List<Sample> begun = new ArrayList<>();
    double healthy = outcome.healthy().toSeconds();
    Stream<Sample> before =
        outcome.before().stream()
            .map(each -> new Sample(each.second() - healthy, each.millis(), each.failure()));
    Stream.concat(before, outcome.samples().stream())
        .filter(sample -> sample.second() >= second && sample.second() < second + 1)
        .forEach(begun::add);
    return begun;
  }

  private double x(double second) {
    double share = (second - firstSecond) / (lastSecond - firstSecond);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double millis) {
    double within = Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, millis));
    double share = Math.log(within / SHORTEST_MILLIS) / Math.log(LONGEST_MILLIS / SHORTEST_MILLIS);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String label(double millis) {
    return millis < 1000 ? Math.round(millis) + " ms" : Math.round(millis / 1000) + " s";
  }

  private void text(double x, double y, String anchor, String text) {
    draw.format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" stroke=\"none\">%s</text>\n",
        x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
