package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir private Path folder;

  @Test
  void showsTheOldFileUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "old");
    try (CsvFile csv = CsvFile.at(file)) {
      csv.add(Samples.captioned().build());
      assertThat(file).hasContent("old");
      assertThat(csv.finish()).isEqualTo(1);
    }
    assertThat(file).content().startsWith(CsvExport.header()).contains("Face of a tabby cat");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void leavesNothingOfWhatWasNotFinished() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "old");
    try (CsvFile csv = CsvFile.at(file)) {
      csv.add(Samples.captioned().build());
    }
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void hasAHeaderWhereThereIsNothingElse() throws IOException {
    Path file = folder.resolve("x.csv");
    try (CsvFile csv = CsvFile.at(file)) {
      assertThat(csv.finish()).isZero();
    }
    assertThat(file).content().isEqualTo(CsvExport.header());
  }

  @Test
  void isReadByThoseWhoMightReadTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "old");
    assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (CsvFile csv = CsvFile.at(file)) {
      csv.finish();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void startsNowhereThatTakesNoFile() {
    assertThatIOException().isThrownBy(() -> CsvFile.at(folder).close());
    assertThatIOException().isThrownBy(() -> CsvFile.at(folder.resolve("none/x.csv")).close());
  }
}
