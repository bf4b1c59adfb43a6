package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExportTest {
  @Test
  void writesARowForEachLanguageUnderAHeader() {
    List<String> header = Arrays.asList(CsvExport.header().strip().split(","));
    String row = CsvExport.row(Result.of(Samples.captioned().build()).get(0));
    assertThat(CsvExport.header())
        .startsWith("file,id,owner,status,sha256,")
        .endsWith("version\r\n");
    assertThat(row)
        .startsWith("cat.jpg,01936b6e-3e80-7c1a-9f00-0123456789ab,local,CAPTIONED,abab")
        .contains(",A tabby cat looks at you,Whiskers first.,Face of a tabby cat,en,Cat 0.98,")
        .contains(",openai,gpt-test,false,812,1200,40,0.00042,false,")
        .contains(",\"A \"\"title\"\", with\nlines\",'=1+1,cat; at home,")
        .endsWith(",2026-11-21T10:11:12.345Z,2026-11-21T10:11:12.345Z,2\r\n");
    assertThat(header).hasSize(31).doesNotHaveDuplicates();
  }

  @Test
  void hasAsManyCellsWhereMostIsAbsent() {
    ImageRecord record = Samples.failed().build();
    String row = CsvExport.row(Result.of(record).get(0));
    assertThat(row.chars().filter(c -> c == ',').count()).isEqualTo(30);
    assertThat(row).contains(",RATE_LIMITED,429 of every rung,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void defusesWhatASpreadsheetWouldCalculate(String text) {
    assertThat(CsvExport.cell(text).replace("\"", "")).startsWith("'" + text.charAt(0));
  }

  @Test
  void quotesOnlyWhereItHasTo() {
    assertThat(CsvExport.cell("plain text")).isEqualTo("plain text");
    assertThat(CsvExport.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvExport.cell("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(CsvExport.cell("a\nb")).isEqualTo("\"a\nb\"");
  }
}
