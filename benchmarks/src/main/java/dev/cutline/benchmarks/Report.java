package dev.cutline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of figures, printed for a person and, with {@code --json FILE}, kept for a program. */
final class Report {
  private final String title;
  private final List<String> columns;
  private final List<Object[]> rows = new ArrayList<>();

  Report(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Adds a row: texts and numbers, as many as there are columns. */
  void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(cells);
  }

  /**
   * Prints a Markdown table with what is needed to judge the figures, and writes the JSON if asked
   * for.
   */
  void publish(Arguments arguments, PrintStream out) throws IOException {
    out.printf("%n%s%n%s%n%n", title, machine());
    out.println("| " + String.join(" | ", columns) + " |");
    out.println("|" + "---|".repeat(columns.size()));
    for (Object[] row : rows) {
      List<String> cells = new ArrayList<>();
      for (Object cell : row) {
        cells.add(shown(cell));
      }
      out.println("| " + String.join(" | ", cells) + " |");
    }
    if (arguments.path("json").isPresent()) {
      write(arguments.path("json").get());
    }
  }

  private void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("title", title).put("machine", machine());
    ArrayNode figures = root.putArray("rows");
    for (Object[] row : rows) {
      ObjectNode figure = figures.addObject();
      for (int i = 0; i < row.length; i++) {
        figure.set(columns.get(i), mapper.valueToTree(row[i]));
      }
    }
    Files.writeString(
        file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static String shown(Object cell) {
    return cell instanceof Double number
        ? String.format(Locale.ROOT, "%.2f", number)
        : String.valueOf(cell);
  }

  private static String machine() {
    return "%d processors, %s %s, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.vendor"),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.version"));
  }
}
