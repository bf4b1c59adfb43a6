package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import dev.cutline.cli.output.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JsonlFileTest {
  @TempDir private Path folder;

  @Test
  void writesALineAtOnce() throws IOException {
    Path file = folder.resolve("out.jsonl");
    try (JsonlFile lines = JsonlFile.create(file)) {
      lines.add(result("a.jpg"));
      assertThat(Files.readAllLines(file)).hasSize(1);
      lines.add(result("b.jpg"));
      assertThat(Files.readString(file)).endsWith("}\n");
    }
  }

  @Test
  void startsAnewWhereItIsCreated() throws IOException {
    Path file = written("a.jpg", "b.jpg");
    try (JsonlFile lines = JsonlFile.create(file)) {
      lines.add(result("c.jpg"));
    }
    assertThat(Files.readAllLines(file)).singleElement().asString().contains("c.jpg");
  }

  @Test
  void knowsWhatItSays() throws IOException {
    Path file = written("a.jpg", "ü\u202e\".jpg");
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.says(result("a.jpg"))).isTrue();
      assertThat(lines.says(result("ü\u202e\".jpg"))).isTrue();
      assertThat(lines.says(result("b.jpg"))).isFalse();
      assertThat(lines.says(rejected("a.jpg", "cd", Reason.INVALID_IMAGE))).isFalse();
      assertThat(lines.says(rejected("a.jpg", "ab", Reason.IMAGE_LIMIT))).isFalse();
      lines.add(result("b.jpg"));
      assertThat(lines.says(result("b.jpg"))).isTrue();
    }
  }

  @Test
  void goesByTheLastLineOfAFile() throws IOException {
    Result english = stored("a.jpg", "1", "en", "A cat");
    Result german = stored("a.jpg", "1", "de", "Eine Katze");
    Result refused = rejected("a.jpg", "ab", Reason.INVALID_IMAGE);
    try (JsonlFile lines = JsonlFile.append(folder.resolve("out.jsonl"))) {
      lines.add(english);
      lines.add(german);
      assertThat(lines.says(english)).as("another language came since").isTrue();
      assertThat(lines.says(stored("a.jpg", "1", "en", "A tabby cat"))).isFalse();
      lines.add(refused);
      assertThat(lines.says(refused)).isTrue();
      assertThat(lines.says(german)).as("a refusal came since").isFalse();
      lines.add(english);
      assertThat(lines.says(refused)).as("a picture came since").isFalse();
    }
  }

  @Test
  void takesTheSameTextsOfAnotherRecordForTheSame() throws IOException {
    try (JsonlFile lines = JsonlFile.append(folder.resolve("out.jsonl"))) {
      lines.add(stored("a.jpg", "1", "en", "A cat"));
      Result elsewhere = stored("a.jpg", "2", "en", "A cat");
      assertThat(lines.says(elsewhere)).isFalse();
      assertThat(lines.has(elsewhere)).isTrue();
      assertThat(lines.has(stored("a.jpg", "2", "en", "A tabby cat"))).isFalse();
    }
  }

  @Test
  void knowsWhichPathsAPictureHas() throws IOException {
    Path file = folder.resolve("out.jsonl");
    try (JsonlFile lines = JsonlFile.create(file)) {
      lines.add(stored("photos/a.jpg", "1", "en", "A cat"));
      lines.add(stored("photos/a.jpg", "1", "de", "Eine Katze"));
      lines.add(stored("photos/copy.jpg", "1", "en", "A cat"));
      lines.add(stored("photos/b.jpg", "2", "en", "A dog"));
      lines.add(stored("photos/c.jpg", "1", "en", "A cat"));
      lines.add(stored("photos/c.jpg", "3", "en", "A bird"));
      assertThat(lines.paths("1")).as("nobody asks of what starts anew").isEmpty();
    }
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.paths("1")).containsExactly("photos/a.jpg", "photos/copy.jpg");
      assertThat(lines.paths("3")).containsExactly("photos/c.jpg");
      assertThat(lines.paths("4")).isEmpty();
    }
  }

  @Test
  void readsBackLinesOfAnyLength() throws IOException {
    Path file = folder.resolve("out.jsonl");
    for (int length : new int[] {1, 3_000, 4_096, 10_000, 50_000}) {
      Result result = stored("a.jpg", "1", "en", "x".repeat(length));
      try (JsonlFile lines = JsonlFile.append(file)) {
        assertThat(lines.says(result)).isFalse();
        lines.add(result);
      }
      try (JsonlFile lines = JsonlFile.append(file)) {
        assertThat(lines.says(result)).isTrue();
      }
    }
  }

  @Test
  void tellsWhyALineCouldNotBeWrittenEvenWhereItCannotBeTakenBack() throws IOException {
    try (JsonlFile lines = new JsonlFile(new BrokenChannel(), true)) {
      assertThatIOException()
          .isThrownBy(() -> lines.add(result("a.jpg")))
          .withMessage("no space is left")
          .satisfies(
              e ->
                  assertThat(e.getSuppressed())
                      .singleElement()
                      .extracting(Throwable::getMessage)
                      .isEqualTo("the disk is gone"));
    }
  }

  @Test
  void removesALineThatWasCutOff() throws IOException {
    Path file = written("a.jpg", "b.jpg");
    String whole = Files.readString(file);
    for (int length = whole.indexOf('\n') + 2; length < whole.length(); length += 7) {
      Files.writeString(file, whole.substring(0, length));
      try (JsonlFile lines = JsonlFile.append(file)) {
        assertThat(lines.says(result("a.jpg"))).isTrue();
        assertThat(lines.says(result("b.jpg"))).isFalse();
        lines.add(result("b.jpg"));
      }
      assertThat(Files.readString(file)).isEqualTo(whole);
    }
  }

  @Test
  void startsAFileThatIsNotThere() throws IOException {
    Path file = folder.resolve("new.jsonl");
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.says(result("a.jpg"))).isFalse();
    }
    assertThat(file).exists();
  }

  @Test
  void leavesAFileOfSomethingElseAlone() throws IOException {
    for (String content : List.of("no JSON\n{}\n", "[1,2]\n", "{\"a\":\n")) {
      Path file = Files.writeString(folder.resolve("letter"), content);
      assertThatIOException()
          .isThrownBy(() -> JsonlFile.append(file).close())
          .withMessageContaining("line 1 of");
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void takesForALineThatWasCutOffOnlyWhatMayBeOne() throws IOException {
    String whole = Files.readString(written("a.jpg"));
    for (String content : List.of("a letter", "{\"name\": \"x\"}", whole + "a letter", " ")) {
      Path file = Files.writeString(folder.resolve("letter"), content);
      assertThatIOException()
          .isThrownBy(() -> JsonlFile.append(file).close())
          .withMessageContaining("is no result of ours");
      assertThat(file).content().isEqualTo(content);
    }
  }

  @Test
  void replacesNothingButResults() throws IOException {
    for (String content : List.of("\u00ff\u00d8", "{\"name\": \"x\"}", "[]", "\n")) {
      Path other = Files.writeString(folder.resolve("other"), content);
      assertThatIOException()
          .isThrownBy(() -> JsonlFile.create(other).close())
          .withMessageContaining("something else than results");
      assertThat(other).content().isEqualTo(content);
    }
    for (String content : List.of("", "{\"fi", "{\"file\":\"a.jpg\"}\n{\"file\"")) {
      Path ours = Files.writeString(folder.resolve("ours"), content);
      JsonlFile.create(ours).close();
      assertThat(ours).isEmptyFile();
    }
    assertThat(Files.readString(written("a.jpg"))).contains("a.jpg");
    assertThat(Files.readString(written("b.jpg"))).contains("b.jpg").doesNotContain("a.jpg");
  }

  @Test
  void letsOnlyOneWriteAtATime() throws IOException {
    Path file = folder.resolve("out.jsonl");
    try (JsonlFile lines = JsonlFile.create(file)) {
      lines.add(result("a.jpg"));
      assertThatIOException()
          .isThrownBy(() -> JsonlFile.create(file).close())
          .withMessageStartingWith("another process is writing to it");
      assertThatIOException().isThrownBy(() -> JsonlFile.append(file).close());
    }
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.says(result("a.jpg"))).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void writesToAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path copy = folder.resolve("copy");
    Process reader =
        new ProcessBuilder("cat", pipe.toString()).redirectOutput(copy.toFile()).start();
    try (JsonlFile lines = JsonlFile.create(pipe)) {
      lines.add(result("a.jpg"));
      lines.add(result("b.jpg"));
    }
    assertThat(reader.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readAllLines(copy)).hasSize(2);
  }

  private Path written(String... names) throws IOException {
    Path file = folder.resolve("out.jsonl");
    try (JsonlFile lines = JsonlFile.create(file)) {
      for (String name : names) {
        lines.add(result(name));
      }
    }
    return file;
  }

  private static Result result(String name) {
    return rejected(name, "ab", Reason.INVALID_IMAGE);
  }

  private static Result rejected(String name, String content, Reason reason) {
    return Result.rejected(name, "local", content.repeat(32), reason, "broken");
  }

  private static Result stored(String file, String id, String language, String text) {
    CaptionVersion caption =
        CaptionVersion.builder(1, CaptionStyle.CONCISE, language, text, CaptionVersion.Author.MODEL)
            .build();
    ImageRecord record =
        ImageRecord.builder("local", id)
            .captionState(CaptionState.CAPTIONED)
            .format(ImageFormat.JPEG)
            .dimensions(451, 300)
            .size(42_000)
            .sha256("ab".repeat(32))
            .captions(List.of(caption))
            .lastCaptionNumber(1)
            .build();
    return Result.of(record, language, file);
  }
}
