package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

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
  void knowsWhatItHad() throws IOException {
    Path file = written("a.jpg", "ü\u202e\".jpg");
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.had(result("a.jpg"))).isTrue();
      assertThat(lines.had(result("ü\u202e\".jpg"))).isTrue();
      assertThat(lines.had(result("b.jpg"))).isFalse();
      Result otherContent =
          Result.rejected("a.jpg", "local", "cd".repeat(32), Reason.INVALID_IMAGE, "x");
      assertThat(lines.had(otherContent)).isFalse();
    }
  }

  @Test
  void removesALineThatWasCutOff() throws IOException {
    Path file = written("a.jpg", "b.jpg");
    String whole = Files.readString(file);
    for (int length = whole.indexOf('\n') + 2; length < whole.length(); length += 7) {
      Files.writeString(file, whole.substring(0, length));
      try (JsonlFile lines = JsonlFile.append(file)) {
        assertThat(lines.had(result("a.jpg"))).isTrue();
        assertThat(lines.had(result("b.jpg"))).isFalse();
        lines.add(result("b.jpg"));
      }
      assertThat(Files.readString(file)).isEqualTo(whole);
    }
  }

  @Test
  void startsAFileThatIsNotThere() throws IOException {
    Path file = folder.resolve("new.jsonl");
    try (JsonlFile lines = JsonlFile.append(file)) {
      assertThat(lines.had(result("a.jpg"))).isFalse();
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
      assertThat(lines.had(result("a.jpg"))).isTrue();
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
    return Result.rejected(name, "local", "ab".repeat(32), Reason.INVALID_IMAGE, "broken");
  }
}
