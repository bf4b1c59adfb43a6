package dev.cutline.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * A table for a terminal, written row by row: columns have fixed widths from the start, texts that
 * are too long end in an ellipsis, and the last column takes what is left. Not safe for several
 * threads.
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
   */
  public record Column(String header, int width) {}

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

  /** Returns a row, made fit to be shown. */
  public String row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      int width = columns.get(i).width();
      String cell = fit(Printable.line(cells[i]), width);
      line.append(cell);
      if (i < cells.length - 1) {
        line.append(" ".repeat(width - width(cell))).append(GAP);
      }
    }
    return line.toString();
  }

  private static String fit(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      used += cells(codePoint);
      if (used > width - 1) {
        break;
      }
      cut.appendCodePoint(codePoint);
    }
    return cut.append('…').toString();
  }

  private static int width(String text) {
    return text.codePoints().map(TextTable::cells).sum();
  }

  private static int cells(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }
}
