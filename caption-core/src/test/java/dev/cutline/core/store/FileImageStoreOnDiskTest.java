package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.Secret;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How pictures lie on a real file system. */
class FileImageStoreOnDiskTest {
  private static final ImageData IMAGE = ImageData.of(new byte[] {1, 2, 3}, ImageFormat.JPEG, 1, 1);

  @TempDir private Path temporary;

  @Test
  void picturesLieUnderTheirKeysForTheirOwnerOnly() throws IOException {
    Path folder = temporary.resolve("not/there/yet");
    FileImageStore.open(folder).put("images/alice/1/original.jpg", IMAGE);

    Path file = folder.resolve("images/alice/1/original.jpg");
    assertThat(file).hasBinaryContent(IMAGE.toByteArray());
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertThat(permissions(file)).isEqualTo("rw-------");
    for (Path path = file.getParent(); !path.equals(temporary); path = path.getParent()) {
      assertThat(permissions(path)).as(path.toString()).isEqualTo("rwx------");
    }
  }

  @Test
  void whatIsOnlyForReadingIsNotTouched() throws IOException {
    Path folder = temporary.resolve("objects");
    ImageStore nothing = FileImageStore.builder(folder).readOnly(true).build();
    assertThat(nothing.get("a/b.jpg")).isEmpty();
    assertThat(nothing.list("", null, 10).items()).isEmpty();
    assertThat(folder).doesNotExist();

    FileImageStore.open(folder).put("a/b.jpg", IMAGE);
    Files.delete(folder.resolve("+incoming"));
    ImageStore store = FileImageStore.builder(folder).readOnly(true).build();
    try (StoredObject object = store.get("a/b.jpg").orElseThrow()) {
      assertThat(object.stream().readAllBytes()).isEqualTo(IMAGE.toByteArray());
    }
    for (ThrowingCallable write :
        List.<ThrowingCallable>of(
            () -> store.put("a/c.jpg", IMAGE),
            () -> store.delete("a/b.jpg"),
            () -> store.deleteByPrefix("a/"))) {
      StoreException denied = catchThrowableOfType(StoreException.class, write);
      assertThat(denied).hasMessageEndingWith(folder + " is only for reading");
      assertThat(denied.kind()).isEqualTo(StoreException.Kind.DENIED);
    }
    assertThat(store.list("", null, 10).items())
        .extracting(ObjectPage.Item::key)
        .containsExactly("a/b.jpg");
    assertThat(folder.resolve("+incoming")).doesNotExist();
  }

  @Test
  void namesThatWindowsKeepsForItselfAreMarked() {
    ImageStore store = FileImageStore.open(temporary);
    for (String key : List.of("con/1", "a/nul.jpg", "a/com1", "a/b.", "lpt9.x.y/1")) {
      store.put(key, IMAGE);
    }
    store.put("a/console.jpg", IMAGE);

    assertThat(temporary.resolve("+con+/1")).exists();
    assertThat(temporary.resolve("a/+nul.jpg+")).exists();
    assertThat(temporary.resolve("a/+com1+")).exists();
    assertThat(temporary.resolve("a/+b.+")).exists();
    assertThat(temporary.resolve("+lpt9.x.y+/1")).exists();
    assertThat(temporary.resolve("a/console.jpg")).exists();
    assertThat(store.list("", null, 10).items())
        .extracting(item -> item.key())
        .containsExactly("a/b.", "a/com1", "a/console.jpg", "a/nul.jpg", "con/1", "lpt9.x.y/1");
  }

  @Test
  void filesOfOthersAreNeitherListedNorDeleted() throws IOException {
    ImageStore store = FileImageStore.open(temporary);
    store.put("a/b/c.jpg", IMAGE);
    Path other = Files.createFile(temporary.resolve("a/b/.DS_Store"));
    Path twice = Files.createFile(temporary.resolve("a/b/+x+"));

    assertThat(store.list("", null, 10).items()).hasSize(1);
    assertThat(store.deleteByPrefix("a/b/")).isEqualTo(1);
    assertThat(other).exists();
    assertThat(twice).exists();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.txt"), "secret");
    Path folder = Files.createDirectories(temporary.resolve("objects"));
    ImageStore store = FileImageStore.open(folder);
    Files.createDirectories(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/link.jpg"), secret);
    Files.createSymbolicLink(folder.resolve("b"), temporary);

    assertThat(store.get("a/link.jpg")).isEmpty();
    assertThat(store.list("", null, 10).items()).isEmpty();
    assertThat(store.deleteByPrefix("a/")).isZero();
    assertThat(secret).exists();
  }

  @Test
  void whatLiesBehindALinkIsNobodysToDelete() throws IOException {
    Path photos = Files.createDirectories(temporary.resolve("photos"));
    Path photo = Files.writeString(photos.resolve("cat.jpg"), "cat");
    Path folder = Files.createDirectories(temporary.resolve("objects/images"));
    Path link = Files.createSymbolicLink(folder.resolve("alice"), photos);
    ImageStore store = FileImageStore.open(temporary.resolve("objects"));

    assertThat(store.list("images/alice/", null, 10).items()).isEmpty();
    assertThat(store.deleteByPrefix("images/alice/")).isZero();
    assertThat(store.deleteByPrefix("images/")).isZero();

    assertThat(photo).exists();
    assertThat(link).exists();
  }

  @Test
  void whatLiesBehindALinkIsNeitherReadNorWrittenToNorDeletedByItsKey() throws IOException {
    Path photos = Files.createDirectories(temporary.resolve("photos/2026"));
    Path photo = Files.writeString(photos.resolve("cat.jpg"), "cat");
    Path folder = Files.createDirectories(temporary.resolve("objects/images"));
    Files.createSymbolicLink(folder.resolve("alice"), temporary.resolve("photos"));
    ImageStore store = FileImageStore.open(temporary.resolve("objects"));

    assertThat(store.get("images/alice/2026/cat.jpg")).isEmpty();
    assertThat(store.delete("images/alice/2026/cat.jpg")).isFalse();
    assertThat(store.list("images/alice/2026/", null, 10).items()).isEmpty();
    assertThat(store.deleteByPrefix("images/alice/2026/")).isZero();
    assertThatThrownBy(() -> store.put("images/alice/2026/cat.jpg", IMAGE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a link leads out of the store");
    assertThatThrownBy(() -> store.put("images/alice/2027/dog.jpg", IMAGE))
        .isInstanceOf(StoreException.class);

    assertThat(photo).hasContent("cat");
    assertThat(temporary.resolve("photos/2027")).doesNotExist();
    assertThat(temporary.resolve("objects/+incoming")).isEmptyDirectory();
  }

  @Test
  void folderThatHasBecomeALinkIsNotWrittenTo() throws IOException {
    Path photos = Files.createDirectories(temporary.resolve("photos"));
    ImageStore store = FileImageStore.open(temporary.resolve("objects"));
    store.put("a/b.jpg", IMAGE);
    store.deleteByPrefix("a/");
    store.put("a/b.jpg", IMAGE);
    Files.delete(temporary.resolve("objects/a/b.jpg"));
    Files.delete(temporary.resolve("objects/a"));
    Files.createSymbolicLink(temporary.resolve("objects/a"), photos);

    assertThatThrownBy(() -> store.put("a/b.jpg", IMAGE)).isInstanceOf(StoreException.class);

    assertThat(photos).isEmptyDirectory();
  }

  @Test
  void theFolderItselfMayBeALinkToAnotherDisk() throws IOException {
    Path disk = Files.createDirectories(temporary.resolve("disk"));
    Path link = Files.createSymbolicLink(temporary.resolve("objects"), disk);
    ImageStore store = FileImageStore.open(link);
    store.put("images/alice/1/original.jpg", IMAGE);

    assertThat(disk.resolve("images/alice/1/original.jpg")).exists();
    assertThat(store.list("", null, 10).items()).hasSize(1);
    assertThat(store.deleteByPrefix("images/")).isEqualTo(1);
    assertThat(link).isSymbolicLink();
  }

  /**
   * What a neighbour does who deletes the folder between the two looks at it, without the race: a
   * name that is taken, of something that is not there.
   */
  @Test
  void aFolderThatIsGoneByTheTimeItIsLookedAtIsToldAsMissing() throws IOException {
    Path folder = temporary.resolve("objects");
    Files.createSymbolicLink(folder, temporary.resolve("gone"));
    RealDisk disk = new RealDisk(folder);

    assertThatThrownBy(() -> disk.createFolder(folder)).isInstanceOf(NoSuchFileException.class);

    Files.delete(folder);
    Files.writeString(folder, "a file");
    assertThatThrownBy(() -> disk.createFolder(folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.delete(folder);
    disk.createFolder(folder);
    disk.createFolder(folder);
    assertThat(folder).isDirectory();
  }

  @Test
  void emptyFoldersOfPicturesDoNotPileUp() throws IOException {
    ImageStore store = FileImageStore.open(temporary);
    store.put("images/alice/1/original.jpg", IMAGE);
    store.put("images/alice/2/original.jpg", IMAGE);

    store.deleteByPrefix("images/alice/1/");

    try (Stream<Path> left = Files.list(temporary.resolve("images/alice"))) {
      assertThat(left).containsExactly(temporary.resolve("images/alice/2"));
    }
  }

  @Test
  void refusesSegmentsThatNoFileSystemTakes() {
    ImageStore store = FileImageStore.open(temporary);
    String segment = "a".repeat(251);

    assertThatThrownBy(() -> store.put("x/" + segment, IMAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("250");
    store.put("x/" + segment.substring(1), IMAGE);
    assertThat(store.list("x/", null, 10).items()).hasSize(1);
  }

  @Test
  void saysWhyAFolderCannotBeOpened() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> FileImageStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot open the image store " + file);
    assertThatThrownBy(() -> FileImageStore.open(file.resolve("below")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void linksAreSignedForTheObjectAndTheTime() {
    UrlSigner signer = UrlSigner.of(Secret.of("0123456789abcdef"));
    ImageStore store =
        FileImageStore.builder(temporary)
            .links(URI.create("https://pictures.example.org/app"), signer)
            .build();

    URI link = store.presign("images/alice/1/original.jpg", Duration.ofHours(1)).orElseThrow();

    assertThat(link)
        .hasScheme("https")
        .hasHost("pictures.example.org")
        .hasPath("/app/objects/images/alice/1/original.jpg");
    assertThat(link.getQuery()).matches("expires=\\d{10}&signature=[0-9a-f]{64}");
    assertThat(FileImageStore.open(temporary).presign("a", Duration.ofHours(1))).isEmpty();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
