package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users import to get our versions lists what we ship, no more and no less. */
class BillOfMaterialsTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*</parent>");
  private static final Pattern MANAGED =
      Pattern.compile("(?s)<dependencyManagement>(.*?)</dependencyManagement>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  @Test
  void listsEveryShippedArtifact() throws IOException {
    TreeSet<String> shipped = new TreeSet<>();
    for (String module : all(MODULE, read("pom.xml")).toList()) {
      String pom = PARENT.matcher(read(module + "/pom.xml")).replaceFirst("");
      if (!pom.contains("<maven.deploy.skip>true<")) {
        shipped.add(all(ARTIFACT, pom).findFirst().orElseThrow());
      }
    }
    shipped.remove("caption-bom");

    String managed = all(MANAGED, read("caption-bom/pom.xml")).findFirst().orElseThrow();
    List<String> listed = all(ARTIFACT, managed).toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(shipped);
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }
}
