package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad files among good ones, four at a time in a heap of 256 MB. */
class BadInputIT {
  @TempDir Path home;
  @TempDir Path good;
  @TempDir Path bad;

  @Test
  void everyBadFileIsRefusedInOneLineAndEveryGoodOneIsCaptioned() throws Exception {
    for (Corpus.Picture picture : Corpus.pictures()) {
      Files.write(good.resolve(picture.path().replace('/', '-')), picture.bytes());
    }
    int badFiles = BadPictures.writeTo(bad);

    CommandLineProcess run =
        CommandLineProcess.run(
            home,
            List.of("-Xmx256m"),
            "caption",
            good.toString(),
            bad.toString(),
            "--concurrency",
            "4",
            "--set",
            "cutline.providers=palette");

    assertThat(run.err())
        .doesNotContain("OutOfMemory")
        .doesNotContain("\tat ")
        .doesNotContain("Exception");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    Map<String, JsonNode> byFile = new HashMap<>();
    run.lines().forEach(line -> byFile.put(line.get("file").asText(), line));
    assertVerdicts(byFile);
    assertRefused(byFile, badFiles, run.err());
  }

  private void assertVerdicts(Map<String, JsonNode> byFile) {
    List<String> wrong = new ArrayList<>();
    for (Corpus.Picture picture : Corpus.pictures()) {
      JsonNode line = byFile.get(good.resolve(picture.path().replace('/', '-')).toString());
      boolean accepted = line.get("status").asText().equals("DESCRIBED");
      if (!accepted && picture.verdict() == Corpus.Verdict.ACCEPT) {
        wrong.add(line.toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void assertRefused(Map<String, JsonNode> byFile, int badFiles, String err) {
    List<JsonNode> refused =
        byFile.values().stream()
            .filter(line -> line.get("file").asText().startsWith(bad.toString()))
            .toList();
    assertThat(refused).hasSize(badFiles);
    assertThat(refused)
        .allSatisfy(
            line -> {
              assertThat(line.get("status").asText()).as("%s", line).isEqualTo("REJECTED");
              assertThat(line.get("id").isNull()).isTrue();
              assertThat(line.get("error").get("message").asText())
                  .isNotBlank()
                  .doesNotContain("\n");
              assertThat(line.get("error").get("reason").asText())
                  .isIn("INVALID_IMAGE", "IMAGE_LIMIT");
            });
    // One line each, with nothing in it that a terminal would obey.
    List<String> lines = err.lines().filter(line -> line.startsWith(bad.toString())).toList();
    assertThat(lines)
        .hasSize(badFiles)
        .allMatch(line -> line.matches(".*: (INVALID_IMAGE|IMAGE_LIMIT): .+"));
    assertThat(err).doesNotContain("\u202E").doesNotContain("\u200F");
  }
}
