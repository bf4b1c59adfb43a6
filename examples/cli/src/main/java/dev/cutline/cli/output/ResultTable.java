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
  private static final int WIDE = 96;

  private final TextTable table;
  private final boolean withId;
  private final boolean withStatus;

  private ResultTable(TextTable table, boolean withId, boolean withStatus) {
    this.table = table;
    this.withId = withId;
    this.withStatus = withStatus;
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
   * Returns a table of stored pictures: id, title or name of the file, caption, and where there is
   * room the status. Where there is no caption, the reason stands in its place anyway.
   */
  public static ResultTable ofRecords(int width) {
    Column id = new Column("ID", ID_WIDTH);
    Column name = new Column("NAME", Math.max(16, width / 5), End.BOTH);
    Column status = new Column("STATUS", STATUS_WIDTH);
    Column caption = new Column("CAPTION", 0);
    return width < WIDE
        ? new ResultTable(TextTable.of(width, id, name, caption), true, false)
        : new ResultTable(TextTable.of(width, id, name, status, caption), true, true);
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
    return withStatus
        ? table.row(id, name(result), status, caption(result))
        : table.row(id, name(result), caption(result));
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
                    .orElse(result.status().name()));
  }
}
