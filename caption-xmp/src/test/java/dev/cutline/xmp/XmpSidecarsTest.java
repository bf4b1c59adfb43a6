package dev.cutline.xmp;

import static dev.cutline.xmp.Samples.english;
import static dev.cutline.xmp.Samples.sidecar;
import static dev.cutline.xmp.Samples.sidecarWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutline.xmp.SidecarReport.Change;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmpSidecarsTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir private Path folder;

  private Path picture;

  @BeforeEach
  void putAPicture() throws IOException {
    picture = Files.writeString(folder.resolve("cat.jpg"), "the picture");
  }

  @Test
  void makesASidecarThatEachPictureHasForItself() throws IOException {
    Path other = Files.writeString(folder.resolve("cat.png"), "another");
    assertThat(write(picture, "One").file()).isEqualTo(folder.resolve("cat.jpg.xmp"));
    assertThat(write(other, "Two").file()).isEqualTo(folder.resolve("cat.png.xmp"));
    assertThat(names()).containsExactly("cat.jpg", "cat.jpg.xmp", "cat.png", "cat.png.xmp");
    assertThat(folder.resolve("cat.jpg.xmp")).content().contains("One").doesNotContain("Two");
    assertThat(picture).hasContent("the picture");
  }

  @Test
  void writesNothingTheSecondTime() throws IOException {
    SidecarReport first = write(picture, "One");
    assertThat(first.change()).isEqualTo(Change.CREATED);
    byte[] bytes = Files.readAllBytes(first.file());
    Files.setLastModifiedTime(first.file(), LONG_AGO);
    SidecarReport second = write(picture, "One");
    assertThat(second.change()).isEqualTo(Change.UNCHANGED);
    assertThat(first.file()).hasBinaryContent(bytes);
    assertThat(Files.getLastModifiedTime(first.file())).isEqualTo(LONG_AGO);
    assertThat(write(picture, "Two").change()).isEqualTo(Change.UPDATED);
  }

  @Test
  void makesNoneThatWouldSayNothing() throws IOException {
    SidecarReport report = XmpSidecars.ofDefaults().write(picture, Samples.record().build());
    assertThat(report.change()).isEqualTo(Change.UNCHANGED);
    assertThat(stem().write(picture, Samples.record().build()).change())
        .isEqualTo(Change.UNCHANGED);
    assertThat(names()).containsExactly("cat.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat.jpg.xmp", "cat.jpg.XMP", "cat.xmp", "cat.XMP"})
  void mergesIntoASidecarOfEitherName(String name) throws IOException {
    for (SidecarNaming naming : SidecarNaming.values()) {
      Path there = Files.writeString(folder.resolve(name), sidecar("darktable.xmp"));
      SidecarReport report =
          XmpSidecars.builder().naming(naming).build().write(picture, english("Ours"));
      assertThat(report.file()).as("%s", naming).isEqualTo(there);
      assertThat(report.change()).isEqualTo(Change.UPDATED);
      assertThat(names()).containsExactlyInAnyOrder("cat.jpg", name);
      assertThat(there).content().contains("darktable:history_end=\"2\"", "Alt: Ours");
    }
  }

  @Test
  void prefersTheNameThatNewOnesGetWhereBothAreThere() throws IOException {
    Files.writeString(folder.resolve("cat.jpg.xmp"), sidecarWith(""));
    Files.writeString(folder.resolve("cat.xmp"), sidecarWith(""));
    assertThat(write(picture, "One").file()).isEqualTo(folder.resolve("cat.jpg.xmp"));
    assertThat(stem().write(picture, english("One")).file()).isEqualTo(folder.resolve("cat.xmp"));
  }

  @Test
  void leavesTheSidecarOfAnotherPictureAlone() throws IOException {
    Files.writeString(folder.resolve("cat.CR2"), "raw");
    Path theirs = Files.writeString(folder.resolve("cat.xmp"), sidecarWith(""));
    assertThat(write(picture, "Ours").file()).isEqualTo(folder.resolve("cat.jpg.xmp"));
    assertThat(theirs).hasContent(sidecarWith(""));
    Files.delete(folder.resolve("cat.jpg.xmp"));
    Files.writeString(theirs, "not even XMP");
    assertThat(write(picture, "Ours").change()).isEqualTo(Change.CREATED);
  }

  @Test
  void believesASidecarThatTellsWhoseItIs() throws IOException {
    Files.writeString(folder.resolve("cat.CR2"), "raw");
    Path sidecar = Files.writeString(folder.resolve("cat.xmp"), sidecar("lightroom.xmp"));
    assertThat(write(picture, "Ours").file()).isEqualTo(sidecar);

    Path alone = Files.writeString(folder.resolve("dog.jpg"), "dog");
    String ofRaw =
        sidecarWith(
            "<p:SidecarForExtension xmlns:p=\"http://ns.adobe.com/photoshop/1.0/\">CR2"
                + "</p:SidecarForExtension>");
    Files.writeString(folder.resolve("dog.xmp"), ofRaw);
    assertThat(write(alone, "Ours").file()).isEqualTo(folder.resolve("dog.jpg.xmp"));
    assertThat(folder.resolve("dog.xmp")).hasContent(ofRaw);
  }

  @Test
  void takesNotesAndSettingsOfOthersForNoPicture() throws IOException {
    Files.writeString(folder.resolve("cat.json"), "{}");
    Files.writeString(folder.resolve("cat.jpg.pp3"), "");
    Path sidecar = Files.writeString(folder.resolve("cat.xmp"), sidecarWith(""));
    assertThat(write(picture, "Ours").file()).isEqualTo(sidecar);
  }

  @Test
  void namesNewOnesByTheStemWhereAsked() throws IOException {
    SidecarReport report = stem().write(picture, english("One"));
    assertThat(report.file()).isEqualTo(folder.resolve("cat.xmp"));
    assertThat(report.file())
        .content()
        .contains("<photoshop:SidecarForExtension>jpg</photoshop:SidecarForExtension>");
    assertThat(stem().write(picture, english("One")).change()).isEqualTo(Change.UNCHANGED);
    // The other name finds it as well, even when a namesake has come.
    Path other = Files.writeString(folder.resolve("cat.png"), "another");
    assertThat(write(picture, "One").change()).isEqualTo(Change.UNCHANGED);
    assertThat(write(other, "Two").file()).isEqualTo(folder.resolve("cat.png.xmp"));
  }

  @Test
  void refusesAStemThatTwoPicturesShare() throws IOException {
    Files.writeString(folder.resolve("cat.png"), "another");
    assertThatThrownBy(() -> stem().write(picture, english("One")))
        .isInstanceOf(SidecarException.class)
        .hasMessageContaining("cat.jpg.xmp");
    assertThat(names()).containsExactly("cat.jpg", "cat.png");
  }

  @Test
  void namesThoseOfNamesWithoutExtension() throws IOException {
    Path bare = Files.writeString(folder.resolve("bare"), "a picture");
    Path hidden = Files.writeString(folder.resolve(".hidden"), "a picture");
    assertThat(stem().write(bare, english("One")).file()).isEqualTo(folder.resolve("bare.xmp"));
    assertThat(write(hidden, "One").file()).isEqualTo(folder.resolve(".hidden.xmp"));
  }

  @Test
  void keepsBytesOfANameThatAreNoText() throws IOException {
    assumeThat(File.separatorChar).isEqualTo('/');
    Path latin = below("caf%E9.jpg");
    try {
      Files.writeString(latin, "a picture");
    } catch (IOException e) {
      assumeThat(e).as("this file system takes text only").isNull();
    }
    assertThat(write(latin, "One").file()).isEqualTo(below("caf%E9.jpg.xmp"));
    assertThat(write(latin, "One").change()).isEqualTo(Change.UNCHANGED);
    Files.move(below("caf%E9.jpg.xmp"), below("caf%E9.XMP"));
    assertThat(write(latin, "One").file()).isEqualTo(below("caf%E9.XMP"));
  }

  private Path below(String escaped) {
    return Path.of(URI.create(folder.toUri() + escaped));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        "<svg><metadata><deep><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></deep></metadata></svg>",
        "<a><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></a>",
        "<?xml version='1.0' encoding='ISO-8859-1'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&undefined;</rdf:RDF>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/> and more",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><!-- </rdf:RDF>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#",
      })
  void refusesWhatIsNoSidecar(String content) throws IOException {
    Path there = Files.writeString(folder.resolve("cat.jpg.xmp"), content);
    assertThatThrownBy(() -> write(picture, "Ours"))
        .isInstanceOfSatisfying(SidecarException.class, e -> assertThat(e.file()).isEqualTo(there))
        .hasMessageStartingWith("the sidecar cat.jpg.xmp ")
        .hasMessageEndingWith("; mend it, or move it out of the way");
    assertThat(there).hasContent(content);
    assertThat(names()).containsExactly("cat.jpg", "cat.jpg.xmp");
  }

  @Test
  void followsNoDocumentTypeAndNoEntity() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    for (String type :
        List.of(
            "<!DOCTYPE x [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]>",
            "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'>",
            "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY e '&a;&a;&a;&a;'>]>")) {
      Path there =
          Files.writeString(
              folder.resolve("cat.jpg.xmp"),
              "<?xml version='1.0'?>" + type + sidecarWith("<dc:format>&e;</dc:format>"));
      byte[] before = Files.readAllBytes(there);
      assertThatThrownBy(() -> write(picture, "Ours"))
          .as(type)
          .hasMessageContaining("document type");
      assertThat(there).hasBinaryContent(before);
    }
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeep() throws IOException {
    Path there = folder.resolve("cat.jpg.xmp");
    Files.write(there, new byte[SidecarFile.MOST_BYTES + 1]);
    assertThatThrownBy(() -> write(picture, "Ours")).hasMessageContaining("larger than 16 MiB");
    Files.writeString(there, sidecarWith("<dc:a>".repeat(100_000) + "</dc:a>".repeat(100_000)));
    assertThatThrownBy(() -> write(picture, "Ours")).isInstanceOf(SidecarException.class);
    Files.write(there, sidecar("darktable.xmp").getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> write(picture, "Ours")).hasMessageContaining("not in UTF-8");
  }

  /** JDK 24 lowered what its parser lets pass, below what Camera Raw writes. */
  @Test
  void readsALargeSidecarWithManyAttributesAndReferences() throws IOException {
    StringBuilder large = new StringBuilder("<dc:source");
    for (int i = 0; i < 2_000; i++) {
      large.append(" dc:a").append(i).append("=\"&quot;\"");
    }
    large.append("/><dc:rights>").append("&amp;&#x1F600;".repeat(200_000)).append("</dc:rights>");
    Path there = Files.writeString(folder.resolve("cat.jpg.xmp"), sidecarWith(large.toString()));
    assertThat(write(picture, "Ours").change()).isEqualTo(Change.UPDATED);
    assertThat(there).content().contains(large, "Alt: Ours");
  }

  @Test
  void keepsLinksAndPermissions() throws IOException {
    assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
    Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.xmp");
    Files.writeString(real, sidecarWith(""));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw--w-"));
    Path link = Files.createSymbolicLink(folder.resolve("cat.jpg.xmp"), real);
    write(picture, "Ours");
    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("Ours");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-rw--w-");
    assertThat(real.getParent()).isDirectoryContaining("glob:**/real.xmp");
    try (Stream<Path> files = Files.list(real.getParent())) {
      assertThat(files).containsExactly(real);
    }
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    Path sidecar = folder.resolve("cat.jpg.xmp");
    Files.createSymbolicLink(sidecar, folder.resolve("nowhere"));
    assertThatThrownBy(() -> write(picture, "Ours")).hasMessageContaining("leads nowhere");
    assertThat(folder.resolve("nowhere")).doesNotExist();
    Files.delete(sidecar);
    Files.createDirectory(sidecar);
    assertThatThrownBy(() -> write(picture, "Ours")).hasMessageContaining("is no file");
  }

  @Test
  void leavesNothingBehindWhereItCannotWrite() throws IOException {
    // A name so long that the picture may have it and its sidecar may not.
    Path longest = Files.writeString(folder.resolve("x".repeat(249) + ".jpg"), "a picture");
    assertThatThrownBy(() -> write(longest, "Ours")).isInstanceOf(FileSystemException.class);
    assertThat(names()).containsExactly("cat.jpg", longest.getFileName().toString());
  }

  @Test
  void leavesTheOldOneWhereTheNewOneDoesNotFit() throws Exception {
    Path there = Files.writeString(folder.resolve("cat.jpg.xmp"), sidecarWith(""));
    Process limited =
        new ProcessBuilder(
                "sh",
                "-c",
                // The shell's limit of file sizes is as good as a full disk; the JVM ignores its
                // signal and gets the error.
                "ulimit -f 1 && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                WriteLong.class.getName(),
                picture.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(limited.waitFor()).as(said).isEqualTo(3);
    assertThat(there).hasContent(sidecarWith(""));
    assertThat(names()).containsExactly("cat.jpg", "cat.jpg.xmp");
  }

  /** Writes a sidecar of more than 100 KB; exits with 3 where that fails as it should. */
  static final class WriteLong {
    private WriteLong() {}

    public static void main(String[] args) throws IOException {
      try {
        XmpSidecars.ofDefaults().write(Path.of(args[0]), english("long ".repeat(20_000)));
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        System.out.println(e);
        Runtime.getRuntime().exit(3);
      }
    }
  }

  private SidecarReport write(Path file, String creative) throws IOException {
    return XmpSidecars.ofDefaults().write(file, english(creative));
  }

  private static XmpSidecars stem() {
    return XmpSidecars.builder().naming(SidecarNaming.STEM).build();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
