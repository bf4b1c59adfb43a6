package dev.cutline.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * A table for a terminal, written row by row: columns have fixed widths from the start, an ellipsis
 * stands for what a column has no room for, and the last column takes what is left. Not safe for
 * several threads.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;

  private TextTable(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * A column.
   *
   * @param width in character cells; 0 for the last one: what is left
   * @param kept the end of a text that is too long which stays
   */
  public record Column(String header, int width, End kept) {
    /** A column of prose. */
    public Column(String header, int width) {
      this(header, width, End.HEAD);
    }
  }

  /**
   * The ends of a text: prose is known by its head, a path by its tail, and the name of a file by
   * both.
   */
  public enum End {
    HEAD,
    TAIL,
    BOTH
  }

  /** Returns a table that is {@code width} cells wide, and its last column at least 20. */
  public static TextTable of(int width, Column... columns) {
    List<Column> sized = new ArrayList<>(List.of(columns));
    int used = -GAP.length();
    for (Column column : columns) {
      used += column.width() + GAP.length();
    }
    Column last = sized.remove(sized.size() - 1);
    int left = width - used + last.width();
    sized.add(new Column(last.header(), Math.max(20, left)));
    return new TextTable(sized);
  }

  /** Returns the line above the rows. */
  public String header() {
    return row(columns.stream().map(Column::header).toArray(String[]::new));
  }

  /** Returns a row whose last cell goes on in the next lines where it is too long, word by word. */
  public List<String> rows(String... cells) {
    String[] line = cells.clone();
    int last = line.length - 1;
    List<String> rows = new ArrayList<>();
    for (String part : wrap(Printable.line(cells[last]), columns.get(last).width())) {
      line[last] = part;
      rows.add(row(line));
      Arrays.fill(line, "");
    }
    return rows;
  }

  /**
   * Returns a text in lines of at most so many cells, broken between words where that is possible.
   */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer) > width && !line.isEmpty()) {
        lines.add(line);
        longer = word;
      }
      while (width(longer) > width) {
        int end = headEnd(longer, width);
        lines.add(longer.substring(0, end));
        longer = longer.substring(end);
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  /** Returns a row, made fit to be shown. */
  public String row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      int width = columns.get(i).width();
      String cell = fit(Printable.line(cells[i]), columns.get(i));
      line.append(cell);
      if (i < cells.length - 1) {
        line.append(" ".repeat(width - width(cell))).append(GAP);
      }
    }
    return line.toString();
  }

  private static String fit(String text, Column column) {
    if (width(text) <= column.width()) {
      return text;
    }
    int room = column.width() - 1;
    return switch (column.kept()) {
      case HEAD -> text.substring(0, headEnd(text, room)) + '…';
      case TAIL -> '…' + text.substring(tailStart(text, room));
      case BOTH ->
          text.substring(0, headEnd(text, room / 2))
              + '…'
              + text.substring(tailStart(text, room - room / 2));
    };
  }

  /** Returns where the longest head that fits into {@code room} cells ends. */
  private static int headEnd(String text, int room) {
    int end = 0;
    int used = 0;
    while (true) {
      int codePoint = text.codePointAt(end);
      used += cells(codePoint);
      if (used > room) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
  }

  /** Returns where the longest tail that fits into {@code room} cells starts. */
  private static int tailStart(String text, int room) {
    int start = text.length();
    int used = 0;
    while (true) {
      int codePoint = text.codePointBefore(start);
      used += cells(codePoint);
      if (used > room) {
        return start;
      }
      start -= Character.charCount(codePoint);
    }
  }

  private static int width(String text) {
    return text.codePoints().map(TextTable::cells).sum();
  }

  private static int cells(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }
}
