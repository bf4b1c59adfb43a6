package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.testsupport.corpus.Corpus;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of somebody else's, compiled and run against our jars: on the module path and on
 * the class path.
 */
class ConsumerIT {
  /**
   * What an application that uses core and two providers has to have, by the start of the jar's
   * name.
   */
  private static final Set<String> NEEDED =
      Set.of(
          "caption-api",
          "caption-imaging",
          "caption-core",
          "caption-prompt",
          "caption-http",
          "caption-openai",
          "caption-palette",
          "bucket4j",
          "caffeine",
          "okhttp",
          "okio",
          "kotlin",
          "jackson-core-2",
          "jackson-databind-2",
          "jackson-annotations",
          "slf4j-api",
          "imageio-",
          "common-",
          "jspecify",
          "annotations-13");

  @TempDir Path folder;

  @Test
  void loadsTwoProvidersOnTheModulePath() throws Exception {
    // Without a class path javac takes that of these tests, and finds fault with it.
    Path classes =
        compile(
            List.of("--module-path", jars(), "--class-path", folder.toString()),
            "module-info",
            "app/Main");
    List<String> lines =
        run(
            "--module-path",
            classes + File.pathSeparator + jars(),
            "--module",
            "consumer/app.Main");
    assertThat(lines).contains("module true");
    assertCaptioned(lines);
  }

  @Test
  void loadsTwoProvidersOnTheClassPath() throws Exception {
    Path classes = compile(List.of("--class-path", jars()), "app/Main");
    List<String> lines = run("--class-path", classes + File.pathSeparator + jars(), "app.Main");
    assertThat(lines).contains("module false");
    assertCaptioned(lines);
  }

  private static void assertCaptioned(List<String> lines) {
    assertThat(lines)
        .contains("found [ollama, openai, palette]", "openai UNAVAILABLE", "palette OK")
        .anyMatch(line -> line.startsWith("caption ") && line.length() > 20);
  }

  private Path compile(List<String> paths, String... sources) throws IOException {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--release",
                "17",
                "-Xlint:all,-requires-automatic",
                "-Werror",
                "-d",
                classes.toString()));
    arguments.addAll(paths);
    for (String source : sources) {
      Path file = folder.resolve("src").resolve(source + ".java");
      Files.createDirectories(file.getParent());
      try (InputStream text =
          ConsumerIT.class.getResourceAsStream("/consumer/" + source + ".java.txt")) {
        Files.write(file, text.readAllBytes());
      }
      arguments.add(file.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("javac %s", arguments).isZero();
    return classes;
  }

  private List<String> run(String... options) throws Exception {
    Path photo = folder.resolve("cat.jpg");
    Files.write(photo, Corpus.picture("photos/cat.jpg").bytes());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add(folder.resolve("home").toString());
    command.add(photo.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static String jars() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(classPath.split(File.pathSeparator)).stream()
        .filter(entry -> entry.endsWith(".jar"))
        .filter(
            entry -> NEEDED.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
