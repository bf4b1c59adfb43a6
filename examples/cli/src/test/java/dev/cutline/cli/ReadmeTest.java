package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the project's README to what it says. */
class ReadmeTest {
  private static final Path README = Photos.PROJECT.resolve("README.md");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsTenLinesOfCodeCompileAndCaptionAPhoto() throws IOException, InterruptedException {
    Matcher example = JAVA.matcher(Files.readString(README));
    assertThat(example.find()).isTrue();
    Path source = Files.writeString(folder.resolve("Captions.java"), example.group(1));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(compiled).isZero();

    String printed = runExample(Photos.of("cat.jpg"), 0);
    assertThat(printed.lines().count()).as(printed).isGreaterThanOrEqualTo(2);
    String missing = folder.resolve("missing.jpg").toString();
    assertThat(runExample(missing, 1))
        .contains("the file " + missing + " cannot be read: it does not exist");
    assertThat(
            example.group(1).lines().filter(line -> !line.isBlank() && !line.startsWith("import")))
        .hasSizeLessThanOrEqualTo(12);
  }

  /** Runs the compiled example and returns all that it prints. */
  private String runExample(String photo, int status) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                "Captions",
                photo)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    process.environment().put("CUTLINE_HOME", folder.resolve("home").toString());
    Process running = process.start();
    assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(out);
    assertThat(running.exitValue()).as(printed).isEqualTo(status);
    return printed;
  }

  @Test
  void namesEveryModuleAndNoOther() throws IOException {
    Matcher modules =
        Pattern.compile("<module>(.*?)</module>")
            .matcher(Files.readString(Photos.PROJECT.resolve("pom.xml")));
    String readme = Files.readString(README);
    readme = readme.substring(readme.indexOf("## Modules"));
    List<String> named = new ArrayList<>();
    Matcher rows = Pattern.compile("(?m)^\\| \\[?`([a-z0-9/-]+)`").matcher(readme);
    while (rows.find()) {
      named.add(rows.group(1));
    }
    List<String> built = new ArrayList<>();
    while (modules.find()) {
      if (!modules.group(1).startsWith("test-support/")) {
        built.add(modules.group(1));
      }
    }
    assertThat(named).containsAll(built);
    for (String name : named) {
      assertThat(Photos.PROJECT.resolve(name)).as(name).isDirectory();
    }
  }

  @Test
  void linksOnlyToWhatIsThere() throws IOException {
    for (Path page : List.of(README, Photos.FOLDER.resolve("README.md"))) {
      Matcher links = Pattern.compile("\\]\\(([^)#]+)").matcher(Files.readString(page));
      while (links.find()) {
        if (!links.group(1).startsWith("https://")) {
          assertThat(page.resolveSibling(links.group(1))).as(page + " links to it").exists();
        }
      }
    }
  }

  @Test
  void givesTheOriginAndLicenceOfEachPhoto() throws IOException {
    String readme = Files.readString(Photos.FOLDER.resolve("README.md"));
    try (Stream<Path> files = Files.list(Photos.FOLDER)) {
      List<String> photos =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.toLowerCase(Locale.ROOT).endsWith(".md"))
              .toList();
      assertThat(photos)
          .hasSize(Photos.COUNT)
          .allMatch(name -> readme.contains("| `" + name + "` |"));
    }
  }
}
