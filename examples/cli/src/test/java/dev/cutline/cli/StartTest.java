package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process loads: most of the time of a short command goes there. */
class StartTest {
  @TempDir private Path folder;

  @Test
  void readsTheOptionsOfTheCommandThatIsAskedForAlone() throws Exception {
    List<String> loaded = loadedBy("list", "--help");

    assertThat(loaded).contains("dev.cutline.cli.ListCommand");
    assertThat(loaded)
        .filteredOn(name -> name.matches("dev\\.cutline\\.cli\\.\\w+Command"))
        .containsOnly("dev.cutline.cli.ListCommand", "dev.cutline.cli.RootCommand");
  }

  @Test
  void tellsItsVersionBeforeAnythingElseIsLoaded() throws Exception {
    List<String> loaded = loadedBy("--version");

    assertThat(loaded).contains("dev.cutline.cli.Version");
    assertThat(loaded)
        .noneMatch(name -> name.matches("dev\\.cutline\\.core\\..*|org\\.slf4j\\..*"));
    assertThat(loaded).doesNotContain("picocli.CommandLine", "dev.cutline.cli.RootCommand");
  }

  private List<String> loadedBy(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=loaded.txt",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(folder.resolve("loaded.txt")).stream()
        .map(text -> text.replaceFirst("^(?:\\[[^]]*\\])* *", "").replaceFirst(" .*", ""))
        .toList();
  }
}
