package dev.cutline.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawNamesTest {
  private static final String CAFE = "caf\\xe9.jpg";
  private static final byte[] CAFE_BYTES = "café.jpg".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir private Path folder;

  @BeforeEach
  void needsNamesOfBytes() {
    assumeThat(File.separatorChar).as("names are bytes").isEqualTo('/');
  }

  @Test
  void spellsBytesThatAreNoText() {
    assertThat(RawNames.text(CAFE_BYTES)).isEqualTo(CAFE);
    assertThat(RawNames.text("größer 🐈 \uFFFD\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("größer 🐈 \uFFFD\n");
    byte[] cut = {'a', (byte) 0xf0, (byte) 0x9f, (byte) 0x90, 'b', (byte) 0xff, (byte) 0xc3};
    assertThat(RawNames.text(cut)).isEqualTo("a\\xf0\\x9f\\x90b\\xff\\xc3");
    assertThat(RawNames.text(new byte[0])).isEmpty();
  }

  @Test
  void findsTheFileAgain() throws IOException {
    Path file = make(folder + "/ü % #/" + CAFE);
    Path listed = onlyChild(folder.resolve("ü % #"));
    assertThat(listed).isEqualTo(file);
    assertThat(RawNames.of(listed)).isEqualTo(folder + "/ü % #/" + CAFE);
    assertThat(RawNames.path(RawNames.of(listed))).hasValue(listed);
  }

  @Test
  void keepsAPathThatBeginsNowhereAsItIs() {
    for (String name : List.of(CAFE, "a/../" + CAFE, "../\\xff/b", "\\xff")) {
      Path path = RawNames.path(name).orElseThrow();
      assertThat(path.isAbsolute()).as(name).isFalse();
      assertThat(RawNames.of(path)).isEqualTo(name);
    }
  }

  @Test
  void leavesAloneWhatIsText() {
    assertThat(RawNames.path("cat.jpg")).isEmpty();
    assertThat(RawNames.path("a\\xg1\\x")).isEmpty();
    assertThat(RawNames.path("no\\x00name\\xff")).as("no file is called so").isEmpty();
    for (String name : List.of("", "/", "a\\b", "\uFFFD", "/tmp/größer 🐈")) {
      assertThat(RawNames.of(Path.of(name))).isEqualTo(name);
    }
  }

  @Test
  void takesSuchNamesHoweverTheyAreGiven() throws IOException {
    Path file = make(folder + "/" + CAFE);
    String name = folder + "/" + CAFE;
    byte[] list = (folder + "/caf?.jpg\n").getBytes(StandardCharsets.UTF_8);
    list[list.length - 6] = (byte) 0xe9;
    assertTaken(file, name, InputStream.nullInputStream(), name);
    assertTaken(file, name, InputStream.nullInputStream(), folder.toString());
    assertTaken(file, name, InputStream.nullInputStream(), folder + "/caf*.jpg");
    assertTaken(file, name, new ByteArrayInputStream(list), "-");
    assertTaken(
        file,
        name,
        new ByteArrayInputStream((name + "\r\n").getBytes(StandardCharsets.UTF_8)),
        "-");
  }

  @Test
  void prefersAFileThatIsReallyCalledSo() throws IOException {
    make(folder + "/" + CAFE);
    Path literal = Files.createFile(folder.resolve(CAFE));
    assertTaken(literal, literal.toString(), InputStream.nullInputStream(), literal.toString());
  }

  @Test
  void tellsOfSuchFoldersAndFilesThatThereAreNot() throws IOException {
    try (PathExpander files = expander(InputStream.nullInputStream(), folder + "/\\xff.jpg")) {
      Input input = files.next();
      assertThat(input.name()).isEqualTo(folder + "/\\xff.jpg");
      assertThat(input.problem()).hasValueSatisfying(p -> assertThat(p).contains("not exist"));
    }
  }

  private void assertTaken(Path file, String name, InputStream in, String argument)
      throws IOException {
    List<Input> inputs = new ArrayList<>();
    try (PathExpander files = expander(in, argument)) {
      files.forEachRemaining(inputs::add);
    }
    assertThat(inputs)
        .as(argument)
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.path()).hasValue(file);
              assertThat(input.name()).isEqualTo(name);
            });
  }

  private static PathExpander expander(InputStream in, String argument) {
    return new PathExpander(List.of(argument), false, in, false);
  }

  /** Makes a file, or passes the test over where the file system takes no such name. */
  private static Path make(String name) throws IOException {
    Path file = RawNames.path(name).orElseThrow();
    try {
      Files.createDirectories(file.getParent());
      return Files.createFile(file);
    } catch (FileSystemException | InvalidPathException e) {
      assumeThat(false).as("the file system takes names in UTF-8 only: " + e).isTrue();
      throw e;
    }
  }

  private static Path onlyChild(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.findFirst().orElseThrow();
    }
  }
}
