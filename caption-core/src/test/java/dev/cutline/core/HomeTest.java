package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutline.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path folder;

  /** The full disk itself needs a mount, which only root may: this is what it rests on. */
  @Test
  void triesAFolderWithoutLeavingAnything() {
    Path home = folder.resolve("home");

    assertThat(new Home(home).prepare(Environment.LOCAL)).isEqualTo(home).isEmptyDirectory();
    assertThat(new Home(home).prepare(Environment.LOCAL)).isEqualTo(home).isEmptyDirectory();
  }

  /** Nobody can make a file there, root included. */
  @Test
  void refusesAFolderThatIsThereButTakesNoFile() {
    Path closed = Path.of("/proc");
    assumeThat(Files.isDirectory(closed)).as("no Linux").isTrue();

    assertThatThrownBy(() -> new Home(closed).prepare(Environment.LOCAL))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("/proc cannot be made, read or written to");
  }
}
