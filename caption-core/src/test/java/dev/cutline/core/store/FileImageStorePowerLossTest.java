package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.FileProblem;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.core.store.SimulatedDisk.Luck;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Takes the power away before every single operation on the disk, and lets every operation fail,
 * and looks at what is left: what was acknowledged is there, whole; what was not is there whole or
 * not at all.
 */
class FileImageStorePowerLossTest {
  private static final Path FOLDER = Path.of("/home/somebody/.cutline/objects");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** What a process does; long enough for folders to be made, shared, emptied and made again. */
  private static final List<Work> WORK =
      List.of(
          Work.put("images/alice/1/original.jpg", 1),
          Work.put("images/alice/1/thumbnail.jpg", 2),
          Work.put("images/alice/1/thumbnail-200.jpg", 3),
          Work.put("images/alice/2/original.jpg", 4),
          Work.put("images/alice/1/original.jpg", 5),
          Work.put("images/bob/3/original.jpg", 6),
          Work.delete("images/alice/1/thumbnail.jpg"),
          Work.deletePrefix("images/alice/1/"),
          Work.put("images/alice/1/original.jpg", 7),
          Work.deletePrefix("images/bob/3/"),
          Work.put("images/carol/4/original.jpg", 8));

  @Test
  void whatIsAcknowledgedSurvivesAPowerLossAtAnyOperation() {
    int operations = run(disk(), new Ledger());
    assertThat(operations).isGreaterThan(40);
    for (int at = 0; at <= operations; at++) {
      SimulatedDisk disk = disk().losesPowerAt(at);
      Ledger ledger = new Ledger();
      run(disk, ledger);
      int fixedAt = at;
      Stream.concat(
              Stream.of(Luck.NONE, Luck.NAMES_ONLY, Luck.ALL),
              IntStream.range(0, 30).mapToObj(i -> Luck.random(new Random(1000L * fixedAt + i))))
          .forEach(luck -> check(disk.afterPowerLoss(luck), ledger, "power loss at " + fixedAt));
    }
  }

  @Test
  void whatAnotherProcessHasMadeAndNotSyncedIsSyncedBeforeItIsBuiltUpon() {
    SimulatedDisk disk = disk();
    ImageStore slow = open(disk);
    ImageStore fast = open(disk);
    int before = disk.log().size();
    slow.put("images/alice/1/original.jpg", image(1));
    int firstFolder =
        IntStream.range(before, disk.log().size())
            .filter(i -> disk.log().get(i).equals("createFolder " + FOLDER.resolve("images")))
            .findFirst()
            .orElseThrow();
    SimulatedDisk again = disk();
    ImageStore killed = open(again);
    ImageStore survivor = open(again);
    again.losesPowerAt(firstFolder + 1);
    assertThatThrownBy(() -> killed.put("images/alice/1/original.jpg", image(1)))
        .isInstanceOf(SimulatedDisk.PowerLoss.class);
    again.losesPowerAt(Integer.MAX_VALUE);

    survivor.put("images/alice/2/original.jpg", image(2));

    assertThat(bytes(open(again.afterPowerLoss(Luck.NONE)), "images/alice/2/original.jpg"))
        .contains(image(2).toByteArray());
    assertThat(bytes(fast, "images/alice/1/original.jpg")).isPresent();
  }

  @Test
  void putSyncsTheFileThenRenamesThenSyncsTheFolder() {
    SimulatedDisk disk = disk();
    ImageStore store = open(disk);
    store.put("a/b", image(1));
    int before = disk.log().size();

    store.put("a/c", image(2));

    List<String> log = disk.log().subList(before, disk.log().size());
    assertThat(log)
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("write", "syncFile", "rename", "syncFolder");
    assertThat(log.get(0).split(" ", 2)[1])
        .isEqualTo(log.get(1).split(" ", 2)[1])
        .startsWith(FOLDER + "/+incoming/");
    assertThat(log.subList(2, 4))
        .containsExactly("rename " + FOLDER.resolve("a/c"), "syncFolder " + FOLDER.resolve("a"));
  }

  @Test
  void aPictureIsPutAllTheSameIfItsFolderIsDeletedAtAnyStep() {
    SimulatedDisk undisturbed = disk();
    ImageStore first = open(undisturbed);
    int opened = undisturbed.log().size();
    first.put("a/b/c", image(1));
    List<String> steps = undisturbed.log();
    assertThat(steps.subList(opened, steps.size()))
        .contains("createFolder " + FOLDER.resolve("a/b"));
    for (int at = opened; at < steps.size(); at++) {
      if (steps.get(at).startsWith("syncFile")) {
        continue; // of a file that is in no picture's folder yet
      }
      ImageStore store = open(disk().failsAt(at, new NoSuchFileException("deleted meanwhile")));

      store.put("a/b/c", image(1));

      assertThat(bytes(store, "a/b/c")).as(steps.get(at)).contains(image(1).toByteArray());
    }
  }

  @Test
  void whateverFailsThereIsTheOldOrNothingAndNoHalf() {
    int operations = run(disk(), new Ledger());
    for (int at = openingOperations(); at < operations; at++) {
      SimulatedDisk disk = disk().failsAt(at, new IOException("the disk is ill"));
      ImageStore store = open(disk);
      for (Work work : WORK) {
        Map<String, byte[]> before = content(store);
        Throwable failure = catchThrowable(() -> work.on(store));
        if (failure != null) {
          assertThat(failure)
              .isInstanceOfSatisfying(
                  StoreException.class,
                  e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
          Map<String, byte[]> after = content(store);
          assertThat(before).as("operation %d", at).containsAllEntriesOf(after);
          assertThat(disk.entries(FOLDER.resolve("+incoming"))).isEmpty();
          work.on(store);
        }
      }
      assertThat(content(store).keySet())
          .containsExactlyInAnyOrder(
              "images/alice/1/original.jpg",
              "images/alice/2/original.jpg",
              "images/carol/4/original.jpg");
    }
  }

  @Test
  void aFullDiskIsToldByTheWordsOfTheSystem() {
    for (String words :
        List.of(
            "No space left on device",
            "Disk quota exceeded",
            "There is not enough space on the disk")) {
      assertThat(kindOfFailure(disk(), new FileSystemException("x", null, words)))
          .as(words)
          .isEqualTo(StoreException.Kind.FULL);
    }
  }

  @Test
  void aFullDiskIsToldByTheSpaceLeftWhereTheSystemSpeaksAnotherLanguage() {
    IOException failure =
        new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");

    assertThat(kindOfFailure(disk().usableSpace(10), failure)).isEqualTo(StoreException.Kind.FULL);
    assertThat(kindOfFailure(disk(), failure)).isEqualTo(StoreException.Kind.UNAVAILABLE);
  }

  @Test
  void whatIsNotAllowedIsDenied() {
    assertThat(kindOfFailure(disk(), new AccessDeniedException("x")))
        .isEqualTo(StoreException.Kind.DENIED);
    assertThat(kindOfFailure(disk(), new FileSystemException("x", null, "Read-only file system")))
        .isEqualTo(StoreException.Kind.DENIED);
  }

  @Test
  void whatKilledProcessesLeftBehindIsSweptAnHourLater() {
    SimulatedDisk disk = disk();
    ImageStore store = open(disk);
    disk.losesPowerAt(disk.log().size() + 1);
    assertThatThrownBy(() -> store.put("a/b", image(1)))
        .isInstanceOf(SimulatedDisk.PowerLoss.class);
    SimulatedDisk found = disk.afterPowerLoss(Luck.ALL);
    Path incoming = FOLDER.resolve("+incoming");
    assertThat(found.entries(incoming)).hasSize(1);

    FileImageStore.builder(FOLDER)
        .clock(InstantSource.fixed(NOON.plus(Duration.ofMinutes(59))))
        .build(found);
    assertThat(found.entries(incoming)).as("somebody may still be writing it").hasSize(1);

    FileImageStore.builder(FOLDER)
        .clock(InstantSource.fixed(NOON.plus(Duration.ofMinutes(61))))
        .build(found);
    assertThat(found.entries(incoming)).isEmpty();
  }

  @Test
  void goesOnWhenTheWholeFolderWasClearedAway() throws IOException {
    SimulatedDisk disk = disk();
    ImageStore store = open(disk);
    store.put("a/b", image(1));
    store.deleteByPrefix("a/");
    disk.deleteEmptyFolder(FOLDER.resolve("+incoming"));
    disk.deleteEmptyFolder(FOLDER);

    store.put("a/b", image(2));

    assertThat(bytes(open(disk.afterPowerLoss(Luck.NONE)), "a/b")).contains(image(2).toByteArray());
  }

  private static StoreException.Kind kindOfFailure(SimulatedDisk disk, IOException failure) {
    ImageStore store = open(disk);
    disk.failsAt(disk.log().size(), failure);
    StoreException thrown = (StoreException) catchThrowable(() -> store.put("a/b", image(1)));
    assertThat(thrown)
        .hasMessageStartingWith("cannot write a/b: ")
        .hasMessageEndingWith("(" + words(failure) + ")")
        .hasCause(failure);
    assertThat(bytes(store, "a/b")).isEmpty();
    return thrown.kind();
  }

  /** What a user is told of a failure: no name of a class. */
  private static String words(IOException failure) {
    return failure instanceof FileSystemException failed && failed.getFile() != null
        ? failed.getFile() + ": " + FileProblem.reason(failure)
        : FileProblem.reason(failure);
  }

  /** Does the work until the power goes; returns how many operations that took. */
  private static int run(SimulatedDisk disk, Ledger ledger) {
    try {
      ImageStore store = open(disk);
      for (Work work : WORK) {
        ledger.begin(work);
        work.on(store);
        ledger.acknowledge(work);
      }
    } catch (SimulatedDisk.PowerLoss e) {
      // as the test wants it
    }
    return disk.log().size();
  }

  private static int openingOperations() {
    SimulatedDisk disk = disk();
    open(disk);
    return disk.log().size();
  }

  private static void check(SimulatedDisk disk, Ledger ledger, String when) {
    ImageStore store = open(disk);
    Map<String, byte[]> found = content(store);
    Set<String> keys = new HashSet<>(found.keySet());
    keys.addAll(ledger.acknowledged.keySet());
    for (String key : keys) {
      byte[] acknowledged = ledger.acknowledged.get(key);
      byte[] underWay = ledger.underWay(key);
      byte[] there = found.get(key);
      boolean right =
          Arrays.equals(there, acknowledged)
              || ledger.touches(key) && Arrays.equals(there, underWay);
      assertThat(right).as("%s, %s: %s", when, key, describe(there)).isTrue();
    }
    store.put("images/after/1/original.jpg", image(99));
    assertThat(bytes(store, "images/after/1/original.jpg")).contains(image(99).toByteArray());
  }

  private static String describe(byte[] bytes) {
    return bytes == null
        ? "not there"
        : bytes.length + " bytes of " + (bytes.length == 0 ? "?" : bytes[0]);
  }

  private static Map<String, byte[]> content(ImageStore store) {
    Map<String, byte[]> content = new HashMap<>();
    for (ObjectPage.Item item : store.list("", null, 1000).items()) {
      content.put(item.key(), bytes(store, item.key()).orElseThrow());
    }
    return content;
  }

  private static Optional<byte[]> bytes(ImageStore store, String key) {
    return store.get(key).map(StoredObject::readAll);
  }

  private static SimulatedDisk disk() {
    return new SimulatedDisk(NOON);
  }

  private static ImageStore open(SimulatedDisk disk) {
    return FileImageStore.builder(FOLDER).clock(InstantSource.fixed(NOON)).build(disk);
  }

  private static ImageData image(int n) {
    byte[] bytes = new byte[100 + n];
    Arrays.fill(bytes, (byte) n);
    return ImageData.wrap(bytes, ImageFormat.JPEG, 1, 1);
  }

  /** What was acknowledged, and what was under way when the power went. */
  private static final class Ledger {
    private final Map<String, byte[]> acknowledged = new HashMap<>();
    private Work underWay;

    void begin(Work work) {
      underWay = work;
    }

    void acknowledge(Work work) {
      if (work.image() == null) {
        acknowledged.keySet().removeIf(work::concerns);
      } else {
        acknowledged.put(work.key(), work.image().toByteArray());
      }
      underWay = null;
    }

    boolean touches(String key) {
      return underWay != null && underWay.concerns(key);
    }

    /**
     * Returns what the work under way would make of a key: its picture, or null where it deletes.
     */
    byte[] underWay(String key) {
      return touches(key) && underWay.image() != null ? underWay.image().toByteArray() : null;
    }
  }

  /**
   * A put or a delete.
   *
   * @param key or prefix
   * @param image null to delete
   */
  private record Work(String key, ImageData image) {
    static Work put(String key, int n) {
      return new Work(key, FileImageStorePowerLossTest.image(n));
    }

    static Work delete(String key) {
      return new Work(key, null);
    }

    static Work deletePrefix(String prefix) {
      return new Work(prefix, null);
    }

    boolean concerns(String other) {
      return key.endsWith("/") ? other.startsWith(key) : other.equals(key);
    }

    void on(ImageStore store) {
      if (image != null) {
        store.put(key, image);
      } else if (key.endsWith("/")) {
        store.deleteByPrefix(key);
      } else {
        store.delete(key);
      }
    }
  }
}
