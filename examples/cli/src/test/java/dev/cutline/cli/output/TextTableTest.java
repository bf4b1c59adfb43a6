package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.cli.output.TextTable.Column;
import dev.cutline.cli.output.TextTable.End;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table =
      TextTable.of(40, new Column("ONE", 6), new Column("TWO", 4), new Column("REST", 0));

  @Test
  void alignsColumns() {
    assertThat(table.header()).isEqualTo("ONE     TWO   REST");
    assertThat(table.row("a", "b", "c")).isEqualTo("a       b     c");
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(table.row("1234567", "1234", "x".repeat(30)))
        .isEqualTo("12345…  1234  " + "x".repeat(25) + "…");
  }

  @Test
  void keepsTheTailOfAPath() {
    TextTable paths = TextTable.of(40, new Column("FILE", 10, End.TAIL), new Column("REST", 0));
    assertThat(paths.row("a/long/way/to/cat.jpg", "x")).isEqualTo("…o/cat.jpg  x");
    assertThat(paths.row("日本日本.jpg", "x")).isEqualTo("…日本.jpg   x");
    assertThat(paths.row("cats/a.jpg", "x")).isEqualTo("cats/a.jpg  x");
  }

  @Test
  void keepsBothEndsOfTheNameOfAFile() {
    TextTable names = TextTable.of(40, new Column("FILE", 12, End.BOTH), new Column("REST", 0));
    assertThat(names.row("IMG_20260131_1200.jpg", "x")).isEqualTo("IMG_2…00.jpg  x");
    assertThat(names.row("日本日本日本日.jpg", "x")).isEqualTo("日本…日.jpg   x");
    assertThat(names.row("exactly12jpg", "x")).isEqualTo("exactly12jpg  x");
  }

  @Test
  void wrapsTheLastCellWhereAsked() {
    assertThat(
            table.rows("a", "b", "one two three four five six seven 0123456789012345678901234567"))
        .containsExactly(
            "a       b     one two three four five",
            "              six seven",
            "              01234567890123456789012345",
            "              67");
    assertThat(table.rows("a", "b", "")).containsExactly("a       b     ");
  }

  @Test
  void countsWideCharactersTwiceAndMarksNotAtAll() {
    assertThat(table.row("日本", "e\u0301", "x")).isEqualTo("日本    e\u0301     x");
    assertThat(table.row("日本語日", "b", "x")).isEqualTo("日本…   b     x");
  }

  @Test
  void keepsARowInOneLine() {
    assertThat(table.row("a\nb", "\u001b[1m", "c\td")).isEqualTo("a b     \\u0…  c d");
  }

  @Test
  void leavesTheLastColumnRoomOnANarrowTerminal() {
    assertThat(TextTable.of(10, new Column("A", 30), new Column("B", 0)).row("", "y".repeat(20)))
        .endsWith("y".repeat(20));
  }

  @Test
  void refusesARowOfAnotherTable() {
    assertThatIllegalArgumentException().isThrownBy(() -> table.row("a", "b"));
  }
}
