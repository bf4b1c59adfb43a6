package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import dev.cutline.core.Doctor;
import dev.cutline.spi.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds each line of {@code examples/aws.env} against those who read it. */
class AwsEnvTest {
  private static final Path FILE = Photos.PROJECT.resolve("examples/aws.env");
  private static final Pattern LINE = Pattern.compile("(#?)([A-Z][A-Z0-9_]*)=(.+)");

  /** What the SDK of AWS and the vendors read. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "AWS_REGION",
          "AWS_PROFILE",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "HF_TOKEN");

  @TempDir private Path home;

  @Test
  void whatItNeedsCanBeUsedAsItStands() throws IOException {
    assertThat(failures(needed())).isEmpty();
    assertThat(needed())
        .containsEntry("CUTLINE_PROVIDERS", "bedrock,sagemaker,huggingface")
        .containsKeys("CUTLINE_IMAGES_S3_BUCKET", "CUTLINE_RECORDS_DYNAMODB_TABLE");
  }

  @Test
  void whatMayBeHadCanBeUsedBesideIt() throws IOException {
    List<Map<String, String>> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(10);
    for (Map<String, String> block : blocks) {
      assertThat(failures(with(block))).as(block.keySet().toString()).isEmpty();
    }
  }

  @Test
  void aNameThatIsMisspeltIsFound() throws IOException {
    List<Map<String, String>> all = new ArrayList<>(blocks());
    all.add(needed());
    for (Map<String, String> block : all) {
      for (String name : block.keySet()) {
        if (name.startsWith("CUTLINE_")) {
          Map<String, String> misspelt = with(block);
          misspelt.put(name + "X", misspelt.remove(name));
          assertThat(failures(misspelt)).as(name + "X").isNotEmpty();
        } else {
          assertThat(OF_OTHERS).contains(name);
        }
      }
    }
  }

  private List<String> failures(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("CUTLINE_HOME", home.toString());
    all.put("AWS_BEARER_TOKEN_BEDROCK", "key-of-nobody");
    Settings settings = SettingsSource.ofProcess(Map.of(), null, all);
    List<String> failures = new ArrayList<>();
    Doctor.of(settings)
        .validate(
            finding -> {
              if (finding.level() == Level.FAIL) {
                failures.add(finding.toString());
              }
            });
    return failures;
  }

  private static Map<String, String> with(Map<String, String> block) throws IOException {
    Map<String, String> all = needed();
    all.putAll(block);
    return all;
  }

  /** Returns what stands without a mark in front. */
  private static Map<String, String> needed() throws IOException {
    Map<String, String> needed = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && matcher.group(1).isEmpty()) {
        needed.put(matcher.group(2), value(matcher.group(3)));
      }
    }
    return needed;
  }

  /** Returns what stands behind a mark, lines without a comment between them together. */
  private static List<Map<String, String>> blocks() throws IOException {
    List<Map<String, String>> blocks = new ArrayList<>();
    Map<String, String> block = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && !matcher.group(1).isEmpty()) {
        block.put(matcher.group(2), value(matcher.group(3)));
      } else if (!block.isEmpty()) {
        blocks.add(block);
        block = new LinkedHashMap<>();
      }
    }
    if (!block.isEmpty()) {
      blocks.add(block);
    }
    return blocks;
  }

  /** Nothing is read over the network here. */
  private static String value(String text) {
    return text.startsWith("aws-secret:") ? "secret-of-nobody" : text;
  }
}
