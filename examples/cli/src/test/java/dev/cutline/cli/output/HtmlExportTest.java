package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlExportTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @TempDir private Path parent;

  @Test
  void showsPicturesWithTheirTexts() throws IOException {
    Path folder = parent.resolve("new/export");
    String page = export(folder, Samples.captioned().build());
    assertThat(page)
        .contains("<h1>Captions of <bdi>local</bdi></h1><p>1 picture</p>")
        .contains("src=\"pictures/" + Samples.ID + ".jpg\" alt=\"Face of a tabby cat\"")
        .contains("A tabby cat looks at you")
        .contains("openai, gpt-test");
    assertThat(folder.resolve("pictures/" + Samples.ID + ".jpg")).hasContent("thumbnail");
  }

  @Test
  void escapesWhatOthersWrote() throws IOException {
    String evil = "<script>alert('x')</script>\" onload=\"x&";
    ImageRecord record =
        Samples.captioned()
            .title(evil)
            .description(evil)
            .tags(List.of(evil))
            .fileName(evil)
            .captions(
                List.of(
                    CaptionVersion.builder(
                            1, CaptionStyle.ALT, "en", evil, CaptionVersion.Author.MODEL)
                        .build()))
            .build();
    String page = export(parent.resolve("x"), record);
    assertThat(page).doesNotContain("<script").doesNotContain("\" onload=\"");
    assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  }

  @Test
  void loadsNothingAndRunsNothing() throws IOException, NoSuchAlgorithmException {
    String page = export(parent.resolve("x"), Samples.captioned().build());
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("http://")
        .doesNotContain("https://");
    Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
    assertThat(style.find()).isTrue();
    byte[] css = style.group(1).getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(css));
    assertThat(page).contains("style-src 'sha256-" + hash + "'");
  }

  @Test
  void saysOfEachCaptionWhereItComesFrom() throws IOException {
    assertThat(export(parent.resolve("a"), Samples.stored().build()))
        .contains("not captioned yet")
        .contains("alt=\"Picture without a caption\"");
    assertThat(export(parent.resolve("b"), Samples.failed().build()))
        .contains("no caption in en: rate limited");
  }

  @Test
  void tellsThePersonFromTheRuleInOneCard() throws IOException {
    ImageRecord record =
        Samples.captioned()
            .captions(
                List.of(
                    CaptionVersion.builder(
                            1, CaptionStyle.ALT, "en", "Red", CaptionVersion.Author.MODEL)
                        .provider("palette")
                        .build(),
                    CaptionVersion.builder(
                            2, CaptionStyle.CONCISE, "en", "Ruby", CaptionVersion.Author.HUMAN)
                        .build()))
            .build();
    assertThat(export(parent.resolve("x"), record))
        .contains("<span class=\"person\">by a person</span>")
        .contains("<span class=\"rule\">described by rule, no model</span>")
        .doesNotContain("class=\"model\"");
  }

  @Test
  void leavesTheAltTextOfADecorationEmpty() throws IOException {
    ImageRecord record =
        Samples.captioned()
            .captions(
                List.of(
                    CaptionVersion.builder(
                            1, CaptionStyle.ALT, "en", "", CaptionVersion.Author.MODEL)
                        .decorative(true)
                        .build()))
            .build();
    assertThat(export(parent.resolve("x"), record)).contains("alt=\"\"").contains("decorative");
  }

  @Test
  void marksTheLanguageOfEachText() throws IOException {
    ImageRecord record = Samples.captioned().languages(List.of("en", "ar")).build();
    assertThat(export(parent.resolve("x"), record))
        .contains("<section lang=\"en\">")
        .contains("<section lang=\"ar\">");
  }

  @Test
  void turnsThePageAfterTwoHundredPictures() throws IOException {
    Path folder = parent.resolve("many");
    try (HtmlExport export = HtmlExport.into(folder, "local", TODAY)) {
      for (int i = 0; i < 401; i++) {
        export.add(copy(i), thumbnail());
      }
    }
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("Pictures 1 to 200")
        .contains("href=\"page-2.html\">Older")
        .doesNotContain("Newer");
    assertThat(Files.readString(folder.resolve("page-2.html")))
        .contains("Pictures 201 to 400")
        .contains("href=\"index.html\">Newer")
        .contains("href=\"page-3.html\">Older");
    assertThat(Files.readString(folder.resolve("page-3.html")))
        .contains("Pictures 401 to 401")
        .contains("href=\"page-2.html\">Newer")
        .doesNotContain("Older");
    try (var pictures = Files.list(folder.resolve("pictures"))) {
      assertThat(pictures).hasSize(401);
    }
  }

  @Test
  void replacesAnEarlierExport() throws IOException {
    Path folder = parent.resolve("again");
    try (HtmlExport export = HtmlExport.into(folder, "local", TODAY)) {
      for (int i = 0; i < 201; i++) {
        export.add(copy(i), thumbnail());
      }
    }
    String page = export(folder, Samples.captioned().build());
    assertThat(page).contains("1 picture");
    assertThat(folder.resolve("page-2.html")).doesNotExist();
    try (var pictures = Files.list(folder.resolve("pictures"))) {
      assertThat(pictures).hasSize(1);
    }
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws IOException {
    Files.writeString(parent.resolve("letter.txt"), "dear");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HtmlExport.into(parent, "local", TODAY))
        .withMessage("holds letter.txt, which is no export; name a new folder");
    Files.delete(parent.resolve("letter.txt"));
    Files.writeString(parent.resolve("index.html"), "<p>somebody's page</p>");
    assertThatIllegalArgumentException().isThrownBy(() -> HtmlExport.into(parent, "local", TODAY));
    assertThat(parent.resolve("index.html")).hasContent("<p>somebody's page</p>");
  }

  private static String export(Path folder, ImageRecord record) throws IOException {
    try (HtmlExport export = HtmlExport.into(folder, "local", TODAY)) {
      export.add(record, thumbnail());
    }
    return Files.readString(folder.resolve("index.html"));
  }

  private static ImageRecord copy(int number) {
    ImageRecord sample = Samples.captioned().build();
    return ImageRecord.builder("local", new UUID(7, number).toString())
        .format(sample.format())
        .sha256(sample.sha256())
        .captions(sample.captions())
        .build();
  }

  private static ByteArrayInputStream thumbnail() {
    return new ByteArrayInputStream("thumbnail".getBytes(StandardCharsets.UTF_8));
  }
}
