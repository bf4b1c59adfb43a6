package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionRequest;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.StoredObject;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
