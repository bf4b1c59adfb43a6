package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Attempt;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.Label;
import dev.cutline.Outcome;
import dev.cutline.RateLimitedException;
import dev.cutline.Reason;
import dev.cutline.Rejection;
import dev.cutline.StorageState;
import dev.cutline.StoredObject;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRateLimiter;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.imaging.MemoryGate;
import dev.cutline.testsupport.corpus.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keepsEverythingThatIsToldAndFound() throws Exception {
    byte[] photo = Corpus.bytes("orientation/landscape_6.jpg");
    Path file = Files.write(folder.resolve("Ferien \u202E 1.webp"), photo);
    Cutline cutline = cutline();

    ImageRecord record =
        cutline.upload(
            Upload.builder("Alice O'Hara", file)
                .title(" \"Robert'); DROP TABLE records;--\uD83D\uDE80 ")
                .description("two\nlines")
                .tags(List.of("sea", " sea ", "", "holiday 2026"))
                .context("a lake in summer")
                .languages(List.of("DE-ch", "en"))
                .styles(EnumSet.of(CaptionStyle.ALT, CaptionStyle.CONCISE))
                .build());

    assertThat(record.owner()).isEqualTo("Alice O'Hara");
    assertThat(record.fileName()).contains("Ferien \u202E 1.webp");
    assertThat(record.title()).contains("\"Robert'); DROP TABLE records;--\uD83D\uDE80");
    assertThat(record.description()).contains("two\nlines");
    assertThat(record.tags()).containsExactly("sea", "holiday 2026");
    assertThat(record.context()).contains("a lake in summer");
    assertThat(record.languages()).containsExactly("de-CH", "en");
    assertThat(record.styles()).containsExactly(CaptionStyle.CONCISE, CaptionStyle.ALT);
    assertThat(record.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(record.width()).isGreaterThan(record.height());
    assertThat(record.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo)));
    assertThat(record.perceptualHash()).isPresent();
    assertThat(record.facts()).isEmpty();
    assertThat(record.createdAt()).isEqualTo(World.NOON);
    assertThat(record.storageState()).isEqualTo(StorageState.STORED);
    assertThat(record.lease()).isEmpty();
    assertThat(cutline.find("Alice O'Hara", record.id())).contains(record);
    world.assertSettled("Alice O'Hara");
  }

  @Test
  void storesTheOriginalAndTwoThumbnailsUnderTheKeysOfTheHouse() throws IOException {
    Cutline cutline = cutline();
    ImageRecord record = cutline.upload(upload("orientation/landscape_6.jpg"));

    String prefix = "images/alice/" + record.id() + "/";
    assertThat(world.keys())
        .containsExactly(
            prefix + "original.jpg", prefix + "thumbnail-200.jpg", prefix + "thumbnail.jpg");
    byte[] original = bytes(cutline, record, Rendition.ORIGINAL);
    assertThat(original.length).isEqualTo((int) record.size());
    var thumbnail =
        ImageIO.read(new ByteArrayInputStream(bytes(cutline, record, Rendition.THUMBNAIL)));
    assertThat(thumbnail.getWidth()).isEqualTo(300);
    assertThat(thumbnail.getHeight()).isLessThan(300);
    var square = ImageIO.read(new ByteArrayInputStream(bytes(cutline, record, Rendition.SQUARE)));
    assertThat(square.getWidth()).isEqualTo(200);
    assertThat(square.getHeight()).isEqualTo(200);
  }

  @Test
  void tellsEachStepOnceItIsOver() {
    List<StepEvent> events = new ArrayList<>();
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("fake", captioner)
                .labels(FakeDetector.finding())
                .listener(
                    new CutlineListener() {
                      @Override
                      public void step(StepEvent event) {
                        events.add(event);
                        throw new IllegalStateException("listeners may fail");
                      }
                    }));

    ImageRecord record = cutline.upload(pixel());
    cutline.delete("alice", record.id());

    assertThat(events).extracting(StepEvent::step).containsExactly(Step.values());
    assertThat(events).allMatch(event -> event.owner().equals("alice"));
    assertThat(events.subList(4, events.size()))
        .allMatch(event -> event.imageId().equals(Optional.of(record.id())));
    assertThat(events.get(6).detail()).isPresent();
    assertThat(events.get(6).toString()).contains(record.id()).contains("THUMBNAIL_STORED");
  }

  @Test
  void aRecordThatNobodyElseWritesIsWrittenThreeTimesAndNeverRead() {
    List<String> operations = new ArrayList<>();
    Cutline cutline = world.process(operations::add);

    cutline.upload(pixel());

    assertThat(operations)
        .filteredOn(operation -> operation.startsWith("records."))
        .containsExactly("records.create", "records.update STORED", "records.update STORED");
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() {
    byte[] broken = Corpus.bytes("photos/" + firstPhoto());
    broken = Arrays.copyOf(broken, broken.length / 2);
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("fake", captioner)
                .limits(ImageLimits.builder().maxSide(2000).build()));

    assertRejected(
        cutline, "<html></html>".getBytes(StandardCharsets.UTF_8), Rejection.NOT_AN_IMAGE);
    assertRejected(cutline, new byte[0], Rejection.NOT_AN_IMAGE);
    assertRejected(cutline, broken, Rejection.BROKEN);
    assertRejected(cutline, Corpus.bytes("metadata/camera-iphone11-12mp.jpg"), Rejection.TOO_LARGE);

    assertThat(world.keys()).isEmpty();
    assertThat(world.records.tombstones(Instant.MAX, 10)).isEmpty();
    assertThat(captioner.requests).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsNotEvenRead() throws IOException {
    Path huge = folder.resolve("huge.jpg");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(20L << 30);
    }

    assertThatThrownBy(() -> cutline().upload(Upload.of("alice", huge)))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.TOO_MANY_BYTES))
        .hasMessageContaining("21,474,836,480 bytes")
        .hasMessageContaining("10,485,760");
    assertThatThrownBy(() -> cutline().upload(Upload.of("alice", Path.of("/dev/zero"))))
        .isInstanceOf(ImageRejectedException.class);
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBe() {
    assertThatThrownBy(() -> cutline().upload(Upload.of("alice", folder.resolve("missing.jpg"))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "the file " + folder.resolve("missing.jpg") + " cannot be read: it does not exist")
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> cutline().upload(Upload.of("alice", folder)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void whoUploadsTooOftenHasToWaitAndNothingIsStored() {
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("fake", captioner)
                .rateLimiter(MemoryRateLimiter.of(1, Duration.ofHours(1))));
    cutline.upload(pixel());

    assertThatThrownBy(() -> cutline.upload(pixel()))
        .isInstanceOfSatisfying(
            RateLimitedException.class, e -> assertThat(e.decision().retryAfter()).isPositive());

    assertThat(world.stored("alice")).hasSize(1);
    assertThat(cutline.upload(Upload.builder("bob", World.PIXEL).build()).owner()).isEqualTo("bob");
  }

  @Test
  void modelsAreShownTheRenditionWithWhatIsToldAndTheLabels() {
    FakeDetector detector = FakeDetector.finding(Label.of("Boat", 0.9));
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).labels(detector));

    ImageRecord record =
        cutline.upload(
            Upload.builder("alice", Corpus.bytes("metadata/camera-iphone11-12mp.jpg"))
                .context("on holiday")
                .languages(List.of("en", "de"))
                .build());

    assertThat(captioner.requests).extracting(CaptionRequest::language).containsExactly("en", "de");
    for (CaptionRequest request : captioner.requests) {
      assertThat(request.image().longEdge()).isEqualTo(1568);
      assertThat(request.image().format()).isEqualTo(ImageFormat.JPEG);
      assertThat(request.context()).contains("on holiday");
      assertThat(request.labels()).containsExactly(Label.of("Boat", 0.9));
      assertThat(request.styles()).isEqualTo(EnumSet.allOf(CaptionStyle.class));
    }
    assertThat(detector.requests).hasSize(1);
    assertThat(record.labels()).containsExactly(Label.of("Boat", 0.9));
    String sent = captioner.requests.get(0).image().sha256();
    assertThat(record.run("en").orElseThrow().trail())
        .extracting(Attempt::sentSha256)
        .containsExactly(Optional.of(sent));
  }

  @Test
  void severalLanguagesAreOneUploadAndOneDecodeAndVersionsOfTheirOwn() {
    List<Step> steps = new CopyOnWriteArrayList<>();
    CutlineListener listener =
        new CutlineListener() {
          @Override
          public void step(StepEvent event) {
            steps.add(event.step());
          }
        };
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).listener(listener));

    ImageRecord record =
        cutline.upload(
            Upload.builder("alice", Corpus.bytes("photos/" + firstPhoto()))
                .languages(List.of("en", "de", "fr"))
                .styles(EnumSet.of(CaptionStyle.CONCISE, CaptionStyle.ALT))
                .build());

    assertThat(steps).filteredOn(step -> step == Step.RENDERED).hasSize(1);
    assertThat(steps).filteredOn(step -> step == Step.CAPTIONING).hasSize(3);
    assertThat(captioner.requests).hasSize(3);
    assertThat(captioner.requests)
        .allSatisfy(
            request -> assertThat(request.image()).isSameAs(captioner.requests.get(0).image()));
    assertThat(world.stored("alice")).hasSize(1);
    assertThat(cutline.versions("alice", record.id()))
        .extracting(version -> version.number() + " " + version.language())
        .containsExactly("1 en", "2 en", "3 de", "4 de", "5 fr", "6 fr");
  }

  @Test
  void smallCaptionersAreShownSmallPictures() {
    FakeCaptioner small =
        new FakeCaptioner(Capabilities.builder().maxLongEdge(256).local(true).model(false).build());
    FakeCaptioner few = new FakeCaptioner(Capabilities.builder().maxPixels(100_000).build());
    Cutline cutline = world.open(world.builder().captioner("small", small));
    cutline.upload(upload("photos/" + firstPhoto()));
    world.open(world.builder().captioner("few", few)).upload(upload("photos/" + firstPhoto()));

    assertThat(small.requests.get(0).image().longEdge()).isEqualTo(256);
    assertThat((long) few.requests.get(0).image().width() * few.requests.get(0).image().height())
        .isBetween(80_000L, 100_000L);
  }

  @Test
  void captionsHaveTheirProvenanceAndCost() {
    Rung rung =
        Rung.builder("primary", "fake", captioner)
            .prices(Prices.builder().image(new BigDecimal("0.01")).build())
            .build();
    Cutline cutline = world.open(world.builder().rung(rung));

    ImageRecord record = cutline.upload(pixel());

    assertThat(record.captions()).hasSize(3);
    assertThat(record.captions())
        .allSatisfy(
            caption -> {
              assertThat(caption.rung()).contains("primary");
              assertThat(caption.provider()).contains("fake");
              assertThat(caption.model()).contains("fake-1");
              assertThat(caption.promptVersion()).contains("7");
              assertThat(caption.createdAt()).isEqualTo(World.NOON);
            });
    assertThat(
            record.captions().stream()
                .map(caption -> caption.costUsd())
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("0.01");
    CaptionRun run = record.run("en").orElseThrow();
    assertThat(run.costUsd()).isEqualByComparingTo("0.01");
    assertThat(run.usage().inputTokens()).isEqualTo(100);
    assertThat(run.rung()).contains("primary");
    assertThat(run.isCached()).isFalse();
    assertThat(cutline.versions("alice", record.id())).isEqualTo(record.captions());
  }

  @Test
  void theSamePictureIsNotPaidTwice() {
    Cutline cutline = cutline();
    cutline.upload(pixel());

    ImageRecord second = cutline.upload(pixel());
    cutline.upload(Upload.builder("bob", World.PIXEL).build());

    assertThat(second.run("en").orElseThrow().isCached()).isTrue();
    assertThat(second.captions()).hasSize(3);
    assertThat(captioner.requests).as("one for each owner").hasSize(2);
  }

  @Test
  void aPictureThatNobodyCanCaptionNowIsKeptAndPending() {
    captioner.fails(new CaptionException(Reason.UNAVAILABLE, "the server is down"));

    ImageRecord record = cutline().upload(pixel());

    assertThat(record.captionState()).isEqualTo(CaptionState.PENDING);
    assertThat(record.captions()).isEmpty();
    CaptionRun run = record.run("en").orElseThrow();
    assertThat(run.failure()).contains(Reason.UNAVAILABLE);
    assertThat(run.trail()).extracting(Attempt::outcome).contains(Outcome.UNAVAILABLE);
    world.assertSettled("alice");
  }

  @Test
  void aPictureThatNobodyWillCaptionIsKeptAndFailed() {
    captioner.fails(new CaptionException(Reason.REFUSED, "not this one"));

    ImageRecord record = cutline().upload(pixel());

    assertThat(record.captionState()).isEqualTo(CaptionState.FAILED);
    assertThat(record.run("en").orElseThrow().message().orElseThrow()).contains("not this one");
    world.assertSettled("alice");
  }

  @Test
  void aDescriptionByRuleIsCalledOne() {
    Cutline cutline = world.open(world.builder().captioner("palette", FakeCaptioner.byRule()));

    assertThat(cutline.upload(pixel()).captionState()).isEqualTo(CaptionState.DESCRIBED);
  }

  @Test
  void localOnlyKeepsThePictureOnThisMachine() {
    FakeCaptioner local = FakeCaptioner.byRule();
    FakeDetector detector = FakeDetector.finding(Label.of("Boat", 0.9));
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("remote", captioner)
                .captioner("local", local)
                .labels(detector));

    ImageRecord record =
        cutline.upload(Upload.builder("alice", World.PIXEL).localOnly(true).build());
    cutline.recaption("alice", record.id(), Recaption.ofDefaults());

    assertThat(record.captionState()).isEqualTo(CaptionState.DESCRIBED);
    assertThat(captioner.requests).isEmpty();
    assertThat(detector.requests).isEmpty();
    assertThat(local.requests).hasSize(2);
  }

  @Test
  void labelsThatCannotBeHadAreNotedAndStopNothing() {
    FakeDetector detector =
        FakeDetector.failing(new CaptionException(Reason.UNAUTHORIZED, "no such key"));
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).labels(detector));

    ImageRecord record = cutline.upload(pixel());

    assertThat(record.captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(record.notes()).containsExactly("labels: UNAUTHORIZED, no such key");
    ImageRecord again = cutline.recaption("alice", record.id(), Recaption.ofDefaults());
    assertThat(again.notes()).as("not twice").hasSize(1);
  }

  @Test
  void whoWaitsForAModelHoldsNoMemoryThatOthersWaitFor() throws Exception {
    CountDownLatch stored = new CountDownLatch(1);
    captioner.answers(
        request -> {
          try {
            assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new CaptionException(Reason.TIMEOUT, "interrupted", e);
          }
          return FakeCaptioner.reply(request, "one");
        });
    byte[] photo = Corpus.bytes("photos/" + firstPhoto());
    long one = new ImageInspector(ImageLimits.ofDefaults()).inspect(photo).decodeMemory();
    // Room for one picture at a time, at either gate.
    Admission narrow =
        new Admission(new MemoryGate(photo.length * 3L), new MemoryGate(one + one / 2));
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).admission(narrow));
    Path file = Files.write(folder.resolve("photo.jpg"), photo);

    CompletableFuture<ImageRecord> waiting =
        CompletableFuture.supplyAsync(() -> cutline.upload(Upload.of("alice", file)));
    CompletableFuture<ImageRecord> other =
        CompletableFuture.supplyAsync(() -> cutline.upload(Upload.of("bob", file)));
    while (world.stored("alice").isEmpty() || world.stored("bob").isEmpty()) {
      Thread.sleep(5);
    }
    stored.countDown();

    assertThat(waiting.get(30, TimeUnit.SECONDS).captionState()).isEqualTo(CaptionState.CAPTIONED);
    assertThat(other.get(30, TimeUnit.SECONDS).captionState()).isEqualTo(CaptionState.CAPTIONED);
  }

  @Test
  void aPictureThatNeedsMoreMemoryThanThereIsIsRefused() {
    Admission tiny = new Admission(new MemoryGate(1 << 20), new MemoryGate(1 << 16));
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).admission(tiny));

    assertThatThrownBy(() -> cutline.upload(upload("photos/" + firstPhoto())))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.TOO_MUCH_MEMORY));
    world.assertSettled("alice");
  }

  @Test
  void anInterruptWhileWaitingForMemoryIsKept() {
    Cutline cutline = cutline();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> cutline.upload(pixel()))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));

    assertThat(Thread.interrupted()).isTrue();
    world.assertSettled("alice");
  }

  @Test
  void stylesAndLanguagesOfTheBuilderAreForUploadsThatNameNone() {
    Cutline cutline =
        world.open(
            world
                .builder()
                .captioner("fake", captioner)
                .styles(Set.of(CaptionStyle.ALT))
                .languages(List.of("fr", "FR")));

    ImageRecord record = cutline.upload(pixel());

    assertThat(record.styles()).containsExactly(CaptionStyle.ALT);
    assertThat(record.languages()).containsExactly("fr");
    assertThat(record.altText()).isPresent();
    assertThat(record.caption(CaptionStyle.CONCISE)).isEmpty();
  }

  private Cutline cutline() {
    return world.open(world.builder().captioner("fake", captioner));
  }

  private static Upload pixel() {
    return Upload.builder("alice", World.PIXEL).build();
  }

  private static Upload upload(String path) {
    return Upload.builder("alice", Corpus.bytes(path)).build();
  }

  private static String firstPhoto() {
    return Corpus.folder("photos").get(0).name();
  }

  private static byte[] bytes(Cutline cutline, ImageRecord record, Rendition rendition) {
    try (StoredObject object = cutline.open(record.owner(), record.id(), rendition).orElseThrow()) {
      return object.readAll();
    }
  }

  private static void assertRejected(Cutline cutline, byte[] file, Rejection rejection) {
    assertThatThrownBy(() -> cutline.upload(Upload.builder("alice", file).build()))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> {
              assertThat(e.rejection()).isEqualTo(rejection);
              assertThat(e.getMessage().lines()).hasSize(1);
            });
  }
}
