package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The pom that authors of a provider are given to start from: what it names is what we build and
 * test with.
 */
class ProviderReadmeTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern POM = Pattern.compile("(?s)```xml\n(.*?)```");
  private static final Pattern OWN = Pattern.compile("<artifactId>(caption-[^<]+)</artifactId>");
  private static final Pattern PROPERTY = Pattern.compile("<(version\\.[^>]+)>([^<]+)</");
  private static final Pattern VERSIONED =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void namesTheVersionsThatWeBuildWith() throws IOException {
    Map<String, String> advised = versions(advisedPom());
    Map<String, String> ours = versions(read("pom.xml"));
    ours.put("caption-api", ours.get("cutline-parent"));
    ours.put("caption-tck", ours.get("cutline-parent"));
    ours.put("junit-jupiter", ours.get("junit-bom"));
    advised.remove("example-captions");

    assertThat(advised)
        .containsKeys(
            "caption-api",
            "caption-tck",
            "junit-jupiter",
            "maven-compiler-plugin",
            "maven-surefire-plugin");
    assertThat(ours).containsAllEntriesOf(advised);
  }

  @Test
  void needsOfOursWhatTheTemplateNeeds() throws IOException {
    assertThat(own(advisedPom()))
        .containsExactlyElementsOf(own(read("examples/provider-template/pom.xml")));
  }

  private static String advisedPom() throws IOException {
    return POM.matcher(read("examples/provider-template/README.md"))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static Iterable<String> own(String pom) {
    return OWN.matcher(pom).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** Artifact to version, with the properties that stand for versions filled in. */
  private static Map<String, String> versions(String pom) {
    String filled = pom;
    for (MatchResult property : PROPERTY.matcher(pom).results().toList()) {
      filled = filled.replace("${" + property.group(1) + "}", property.group(2));
    }
    Map<String, String> versions = new TreeMap<>();
    VERSIONED
        .matcher(filled)
        .results()
        .forEach(found -> versions.putIfAbsent(found.group(1), found.group(2)));
    return versions;
  }

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }
}
