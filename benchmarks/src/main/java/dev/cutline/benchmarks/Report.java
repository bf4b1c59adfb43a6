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
public final class Report {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String title;
  private final List<String> columns;
  private final List<Object[]> rows = new ArrayList<>();

  public Report(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Adds a row: texts and numbers, as many as there are columns. */
  public void row(Object... cells) {
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
    print(out);
    if (arguments.path("json").isPresent()) {
      write(arguments.path("json").get(), json());
    }
  }

  /** Writes the JSON of several tables, if asked for. */
  public static void publishJson(List<Report> reports, Arguments arguments) throws IOException {
    if (arguments.path("json").isPresent()) {
      ObjectNode root = MAPPER.createObjectNode();
      root.putArray("tables").addAll(reports.stream().map(Report::json).toList());
      write(arguments.path("json").get(), root);
    }
  }

  /** Prints a Markdown table with what is needed to judge the figures. */
  public void print(PrintStream out) {
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
  }

  private ObjectNode json() {
    ObjectNode root = MAPPER.createObjectNode().put("title", title).put("machine", machine());
    ArrayNode figures = root.putArray("rows");
    for (Object[] row : rows) {
      ObjectNode figure = figures.addObject();
      for (int i = 0; i < row.length; i++) {
        figure.set(columns.get(i), MAPPER.valueToTree(row[i]));
      }
    }
    return root;
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
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
