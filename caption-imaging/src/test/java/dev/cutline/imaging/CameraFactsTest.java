package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.testsupport.corpus.Corpus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CameraFactsTest {
  private final CameraFacts facts = new CameraFacts();

  @Test
  void readsTimeAndCameraAndNothingElse() {
    assertThat(facts.read(Corpus.bytes("metadata/camera-iphone11-12mp.jpg")))
        .containsEntry(CameraFacts.CAMERA, "Apple iPhone 11")
        .containsOnlyKeys(CameraFacts.CAMERA, CameraFacts.CAPTURE_TIME);
    assertThat(facts.read(Corpus.bytes("photos/cat.jpg"))).isEmpty();
    assertThat(facts.read(Corpus.bytes("gif/animated.gif"))).isEmpty();
    assertThat(facts.read(new byte[0])).isEmpty();
  }

  @Test
  void readsBothByteOrders() {
    for (boolean big : new boolean[] {true, false}) {
      byte[] tiff = tiff(big, 1, 0x0110, 2, 6, 26, "Model\0");

      assertThat(facts.read(jpeg(tiff)))
          .as("big-endian: %s", big)
          .isEqualTo(Map.of(CameraFacts.CAMERA, "Model"));
    }
  }

  @Test
  void whatPointsOutsideReadsAsAbsent() {
    long[] offsets = {27, 1_000, Integer.MAX_VALUE, 0x80000000L, 0xFFFFFFFFL};
    for (long offset : offsets) {
      assertThat(facts.read(jpeg(tiff(true, 1, 0x0110, 2, 6, offset, "Model\0"))))
          .as("text at %d", offset)
          .isEmpty();
      assertThat(facts.read(jpeg(tiff(true, 1, 0x8769, 4, 1, offset, "Model\0")))).isEmpty();
    }
    for (long length : offsets) {
      assertThat(facts.read(jpeg(tiff(true, 1, 0x0110, 2, length, 26, "Model\0"))))
          .as("text of %d bytes", length)
          .isEmpty();
    }
  }

  /** The directory claims 65,535 entries and has one; the EXIF directory is the first one again. */
  @Test
  void hugeCountsAndLoopsEnd() {
    assertThat(facts.read(jpeg(tiff(true, 65_535, 0x8769, 4, 1, 8, "")))).isEmpty();
    assertThat(facts.read(jpeg(tiff(false, 65_535, 0x8769, 4, 1, 8, "")))).isEmpty();
  }

  @Test
  void noBytesWhateverThrow() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      byte[] tiff = new byte[random.nextInt(80)];
      random.nextBytes(tiff);
      byte[] start = tiff(random.nextBoolean(), random.nextInt(4), 0x0110, 2, 9, 20, "");
      System.arraycopy(start, 0, tiff, 0, Math.min(random.nextInt(24), tiff.length));

      assertThat(facts.read(jpeg(tiff))).doesNotContainValue("");
    }
  }

  private static byte[] jpeg(byte[] tiff) {
    ByteArrayOutputStream exif = new ByteArrayOutputStream();
    exif.writeBytes("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    exif.writeBytes(tiff);
    return SyntheticJpeg.of(8, 8).segment(0xE1, exif.toByteArray()).toBytes();
  }

  /** Returns a directory that claims {@code entries} and has one, with text behind it at 26. */
  private static byte[] tiff(
      boolean big, int entries, int tag, int type, long count, long value, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((big ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1));
    put(out, big, 42, 2);
    put(out, big, 8, 4);
    put(out, big, entries, 2);
    put(out, big, tag, 2);
    put(out, big, type, 2);
    put(out, big, count, 4);
    put(out, big, value, 4);
    put(out, big, 0, 4);
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, boolean big, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> 8 * (big ? bytes - 1 - i : i)));
    }
  }
}
