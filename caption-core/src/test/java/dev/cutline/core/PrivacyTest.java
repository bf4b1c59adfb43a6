package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionRequest;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.StoredObject;
import dev.cutline.imaging.CameraFacts;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks into everything that is stored of, and sent for, every picture of the corpus for what its
 * metadata hold. All of it that is private there is marked by words such as "secret"; the rest are
 * the names of cameras.
 */
class PrivacyTest {
  private static final List<String> PRIVATE =
      List.of(
          "secret",
          "private",
          "iphone",
          "nintendo",
          "camera 1",
          "sn-123456",
          "2024:0",
          "2014:03:02",
          "ns.adobe.com",
          "photoshop 3.0",
          "xpacket");

  private final World world = new World();
  private final FakeCaptioner captioner = new FakeCaptioner();
  private final FakeDetector detector = FakeDetector.finding();

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<Corpus.Picture> pictures() {
    return Corpus.pictures().stream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void nothingPrivateIsStoredOrSent(Corpus.Picture picture) {
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).labels(detector));
    ImageRecord record;
    try {
      record = cutline.upload(Upload.builder("alice", picture.bytes()).build());
    } catch (ImageRejectedException e) {
      assertThat(picture.verdict()).isEqualTo(Verdict.EITHER);
      return;
    }

    for (Rendition rendition : Rendition.values()) {
      try (StoredObject object = cutline.open("alice", record.id(), rendition).orElseThrow()) {
        assertNothingPrivate(rendition.toString(), object.readAll());
      }
    }
    List<byte[]> sent = new ArrayList<>();
    captioner.requests.stream().map(CaptionRequest::image).forEach(i -> sent.add(i.toByteArray()));
    detector.requests.forEach(request -> sent.add(request.image().toByteArray()));
    assertThat(sent).hasSize(2);
    sent.forEach(bytes -> assertNothingPrivate("what is sent", bytes));
    assertThat(record.facts()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("withMetadata")
  void whoAsksForFactsGetsTimeAndCameraOnTheRecordAndNothingElseAnywhere(Corpus.Picture picture) {
    Cutline cutline = world.open(world.builder().captioner("fake", captioner).keepFacts(true));
    ImageRecord record =
        cutline.upload(Upload.builder("alice", picture.bytes()).fileName("x").build());

    assertThat(record.facts()).isEqualTo(new CameraFacts().read(picture.bytes()));
    assertThat(List.of(CameraFacts.CAPTURE_TIME, CameraFacts.CAMERA))
        .containsAll(record.facts().keySet());
    assertThat(record.facts().toString().toLowerCase(Locale.ROOT))
        .doesNotContain("secret", "private", "sn-123456", "48.8584");
    for (Rendition rendition : Rendition.values()) {
      try (StoredObject object = cutline.open("alice", record.id(), rendition).orElseThrow()) {
        assertNothingPrivate(rendition.toString(), object.readAll());
      }
    }
    captioner.requests.forEach(
        request -> {
          assertNothingPrivate("what is sent", request.image().toByteArray());
          assertThat(request.context()).isEmpty();
        });
  }

  @Test
  void anUploadMayWantItsFactsKeptOrNotWhateverTheDefault() {
    byte[] photo = Corpus.bytes("metadata/camera-iphone11-12mp.jpg");
    Cutline never = world.open(world.builder().captioner("fake", captioner));
    Cutline always = world.open(world.builder().captioner("fake", captioner).keepFacts(true));
    Map<String, String> facts =
        Map.of("captureTime", "2024-09-28T11:03:29", "camera", "Apple iPhone 11");

    assertThat(facts(never, Upload.builder("alice", photo))).isEmpty();
    assertThat(facts(never, Upload.builder("alice", photo).keepFacts(true))).isEqualTo(facts);
    assertThat(facts(always, Upload.builder("alice", photo))).isEqualTo(facts);
    assertThat(facts(always, Upload.builder("alice", photo).keepFacts(false))).isEmpty();
  }

  private static Map<String, String> facts(Cutline cutline, Upload.Builder upload) {
    String id = cutline.upload(upload.build()).id();
    return cutline.find("alice", id).orElseThrow().facts();
  }

  @ParameterizedTest
  @MethodSource("withMetadata")
  void theWordsThatAreLookedForAreInTheFilesAsGiven(Corpus.Picture picture) {
    assertThat(PRIVATE).anyMatch(text(picture.bytes())::contains);
  }

  static Stream<Corpus.Picture> withMetadata() {
    return Corpus.folder("metadata").stream();
  }

  private static void assertNothingPrivate(String what, byte[] bytes) {
    String text = text(bytes);
    for (String word : PRIVATE) {
      assertThat(text.contains(word)).as("%s holds \"%s\"", what, word).isFalse();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }
}
