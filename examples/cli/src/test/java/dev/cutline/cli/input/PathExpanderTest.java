package dev.cutline.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathExpanderTest {
  private static final byte[] JPEG_HEAD = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  @TempDir private Path folder;

  private long skipped;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name : List.of("b.jpg", "a.PNG", "notes.txt", "sub/c.webp", "sub/deep/d.gif")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
    Files.write(folder.resolve("picture-without-extension"), JPEG_HEAD);
  }

  @Test
  void takesTheDirectChildrenOfAFolderByName() throws IOException {
    assertThat(names(false, folder.toString()))
        .containsExactly("a.PNG", "b.jpg", "picture-without-extension");
  }

  @Test
  void countsWhatIsAPictureByNeitherNameNorContent() throws IOException {
    names(false, folder.toString());
    assertThat(skipped).isEqualTo(1);
  }

  @Test
  void takesEverythingBelowAFolderWhenAsked() throws IOException {
    assertThat(names(true, folder.toString()))
        .containsExactly(
            "a.PNG", "b.jpg", "picture-without-extension", "sub/c.webp", "sub/deep/d.gif");
  }

  @Test
  void keepsTheNameAsTheUserGaveIt() throws IOException {
    String dotted = folder.resolve("sub/../sub").toString();
    try (PathExpander files = expander(false, InputStream.nullInputStream(), dotted)) {
      assertThat(files.next().name()).isEqualTo(dotted + "/c.webp");
    }
  }

  @Test
  void takesANamedFileWhateverItIs() throws IOException {
    assertThat(names(false, folder + "/notes.txt")).containsExactly("notes.txt");
    assertThat(skipped).isZero();
  }

  @Test
  void expandsAGlobThatNoShellHasExpanded() throws IOException {
    assertThat(names(false, folder + "/*.{jpg,PNG}")).containsExactly("a.PNG", "b.jpg");
    assertThat(names(false, folder + "/s?b/*.webp")).containsExactly("sub/c.webp");
  }

  @Test
  void expandsTwoStarsToFoldersOfAnyDepth() throws IOException {
    assertThat(names(false, folder + "/**/*.gif")).containsExactly("sub/deep/d.gif");
    assertThat(names(false, folder + "/**/*.jpg")).containsExactly("b.jpg");
    assertThat(names(false, folder + "/**/deep/d.gif")).containsExactly("sub/deep/d.gif");
    assertThat(names(false, folder + "/sub/**")).containsExactly("sub/c.webp", "sub/deep/d.gif");
  }

  @Test
  void leavesHiddenFilesToPatternsThatNameThem() throws IOException {
    Files.writeString(folder.resolve(".hidden.jpg"), "x");
    assertThat(names(false, folder + "/*.jpg")).containsExactly("b.jpg");
    assertThat(names(false, folder + "/.h*.jpg")).containsExactly(".hidden.jpg");
  }

  @Test
  void takesAFileWhoseNameLooksLikeAGlob() throws IOException {
    Files.writeString(folder.resolve("[1].jpg"), "x");
    assertThat(names(false, folder + "/[1].jpg")).containsExactly("[1].jpg");
  }

  @Test
  void tellsOfAGlobThatMatchesNothing() throws IOException {
    assertThat(problems(folder + "/*.bmp")).containsExactly("nothing matches; check the pattern");
    assertThat(problems(folder + "/[.jpg")).containsExactly("nothing matches; check the pattern");
  }

  @Test
  void readsAListOfFilesAndFoldersFromStandardInput() throws IOException {
    String list = folder + "/sub\r\n\n" + folder + "/b.jpg\n";
    var in = new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8));
    assertThat(names(false, in, "-")).containsExactly("sub/c.webp", "b.jpg");
  }

  @Test
  void goesOnBehindWhatCannotBe() throws IOException {
    String tooLong = folder + "/" + "x".repeat(300) + ".jpg";
    List<String> problems =
        problems(folder + "/no\0name.jpg", folder + "/missing.jpg", tooLong, folder + "/b.jpg");
    assertThat(problems)
        .containsExactly(
            "no file can have this name (Nul character not allowed); rename it",
            "does not exist; check the name",
            "the name is longer than the file system allows; shorten it",
            "");
  }

  @Test
  void followsNoLinkToAFolderThatItFinds() throws IOException {
    Files.createSymbolicLink(folder.resolve("sub/round"), folder);
    Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("b.jpg"));
    Files.createSymbolicLink(folder.resolve("dangling.jpg"), folder.resolve("nowhere"));
    assertThat(names(true, folder.toString()))
        .containsExactly(
            "a.PNG",
            "b.jpg",
            "dangling.jpg",
            "link.jpg",
            "picture-without-extension",
            "sub/c.webp",
            "sub/deep/d.gif");
    assertThat(problems(folder.toString())).contains("does not exist; check the name");
  }

  @Test
  void takesAnEmptyNameForASlip() throws IOException {
    assertThat(problems("")).containsExactly("the name is empty; name a file or a folder");
  }

  @Test
  void namesNoClassOfJavaForALinkToItself() throws IOException {
    Path loop = folder.resolve("loop.jpg");
    Files.createSymbolicLink(loop, loop);
    assertThat(problems(loop.toString()))
        .singleElement()
        .asString()
        .startsWith("cannot be read (")
        .doesNotContain("Exception");
  }

  @Test
  void opensNothingThatIsNoFile() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.jpg");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(names(false, folder.toString())).doesNotContain("pipe.jpg");
    assertThat(problems(pipe.toString()))
        .containsExactly("is neither a file nor a folder; name a file");
  }

  @Test
  void listsAFolderTooLargeToSortInTheOrderOfTheFileSystem() throws IOException {
    for (int i = 0; i < 50; i++) {
      Files.writeString(folder.resolve("n" + i + ".jpg"), "x");
    }
    List<String> names = new ArrayList<>();
    try (PathExpander files =
        new PathExpander(
            List.of(folder.toString()), true, InputStream.nullInputStream(), false, 3)) {
      files.forEachRemaining(input -> names.add(input.name()));
    }
    assertThat(names).hasSize(55).doesNotHaveDuplicates();
  }

  @Test
  void findsTheFolderThatCannotBeReadBeforeAnythingIsDone() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeThat(closed.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(closed)).as("root reads everything").isFalse();
    assertThat(PathExpander.unreadableFolder(List.of(folder.toString(), closed.toString())))
        .isEqualTo(closed.toString());
  }

  @Test
  void findsNoFaultWithFoldersThatCanBeReadOrAreNone() {
    assertThat(
            PathExpander.unreadableFolder(
                List.of(folder.toString(), "-", "*.jpg", "missing", "no\0name")))
        .isNull();
  }

  private List<String> names(boolean recursive, String... arguments) throws IOException {
    return names(recursive, InputStream.nullInputStream(), arguments);
  }

  private List<String> names(boolean recursive, InputStream in, String... arguments)
      throws IOException {
    List<String> names = new ArrayList<>();
    try (PathExpander files = expander(recursive, in, arguments)) {
      files.forEachRemaining(
          input -> names.add(folder.relativize(Path.of(input.name())).toString()));
      skipped = files.skipped();
    }
    return names;
  }

  private List<String> problems(String... arguments) throws IOException {
    List<String> problems = new ArrayList<>();
    try (PathExpander files = expander(false, InputStream.nullInputStream(), arguments)) {
      files.forEachRemaining(input -> problems.add(input.problem().orElse("")));
    }
    return problems;
  }

  private static PathExpander expander(boolean recursive, InputStream in, String... arguments) {
    return new PathExpander(List.of(arguments), recursive, in, false);
  }
}
