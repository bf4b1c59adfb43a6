package dev.cutline.cli.output;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.cli.output.TextTable.Column;
import dev.cutline.cli.output.TextTable.End;

/**
 * Results as rows for a terminal: as they come from captioning, or as they are found in the
 * records.
 */
public final class ResultTable {
  private static final int STATUS_WIDTH = 9;
  private static final int ID_WIDTH = 36;
  private static final int WIDE = 110;

  private final TextTable table;
  private final boolean withId;
  private final boolean withName;

  private ResultTable(TextTable table, boolean withId, boolean withName) {
    this.table = table;
    this.withId = withId;
    this.withName = withName;
  }

  /** Returns a table of what is being captioned: file, status, caption. */
  public static ResultTable ofFiles(int width) {
    Column file = new Column("FILE", Math.max(16, width / 3), End.TAIL);
    return new ResultTable(
        TextTable.of(width, file, new Column("STATUS", STATUS_WIDTH), new Column("CAPTION", 0)),
        false,
        true);
  }

  /**
   * Returns a table of stored pictures: id, status, caption, and where there is room the title or
   * name.
   */
  public static ResultTable ofRecords(int width) {
    Column id = new Column("ID", ID_WIDTH);
    Column status = new Column("STATUS", STATUS_WIDTH);
    Column caption = new Column("CAPTION", 0);
    return width < WIDE
        ? new ResultTable(TextTable.of(width, id, status, caption), true, false)
        : new ResultTable(
            TextTable.of(width, id, status, new Column("NAME", width / 6), caption), true, true);
  }

  public String header() {
    return table.header();
  }

  public String row(Result result) {
    String status = result.status().name();
    if (!withId) {
      return table.row(result.file(), status, caption(result));
    }
    String id = result.record().map(ImageRecord::id).orElse("");
    return withName
        ? table.row(id, status, name(result), caption(result))
        : table.row(id, status, caption(result));
  }

  private static String name(Result result) {
    return result.record().flatMap(ImageRecord::title).orElse(result.file());
  }

  /** Returns the most telling text that there is, or why there is none. */
  private static String caption(Result result) {
    return result
        .text(CaptionStyle.CONCISE)
        .or(() -> result.text(CaptionStyle.CREATIVE))
        .or(() -> result.text(CaptionStyle.ALT))
        .orElseGet(
            () ->
                result
                    .reason()
                    .map(reason -> reason + result.message().map(m -> ": " + m).orElse(""))
                    .orElse(""));
  }
}
