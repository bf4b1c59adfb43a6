package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.testsupport.corpus.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with what other readers of pictures make of the corpus. Their answers were recorded
 * once, so that nothing needs to be installed; each file says how.
 */
class ReferenceTest {
  private static final int FIELDS = 8;

  record Reference(String path, String size, String reader, String answer) {
    @Override
    public String toString() {
      return path;
    }
  }

  @ParameterizedTest
  @MethodSource("decoded")
  void decodesEveryPixelAsTheUsualLibrariesDo(Reference reference) throws Exception {
    PixelImage coded = Pixels.decoded(Corpus.bytes(reference.path));
    PixelImage rgb =
        ColourConverter.toSrgb(coded, null); // no profile: channels change, colours do not

    assertThat(rgb).hasToString("RGB " + reference.size);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(rgb.samples());
    assertThat(HexFormat.of().formatHex(hash)).as(reference.reader).isEqualTo(reference.answer);
  }

  /** One level of 255, because two roundings meet: that of a pixel and that of the mean. */
  @ParameterizedTest
  @MethodSource("shown")
  void looksAsTheIndependentReaderSees(Reference reference) {
    PixelImage image = Pixels.shown(Corpus.bytes(reference.path));

    assertThat(image).hasToString("RGB " + reference.size);
    byte[] expected = HexFormat.of().parseHex(reference.answer);
    for (int i = 0; i < FIELDS * FIELDS; i++) {
      for (int c = 0; c < 3; c++) {
        long mean = Math.round(mean(image, i % FIELDS, i / FIELDS, c));
        assertThat((int) mean)
            .as("channel %d of field %d", c, i)
            .isBetween((expected[3 * i + c] & 0xFF) - 1, (expected[3 * i + c] & 0xFF) + 1);
      }
    }
  }

  private static double mean(PixelImage image, int column, int row, int channel) {
    int left = column * image.width() / FIELDS;
    int top = row * image.height() / FIELDS;
    int right = Math.max(left + 1, (column + 1) * image.width() / FIELDS);
    int bottom = Math.max(top + 1, (row + 1) * image.height() / FIELDS);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.samples()[3 * (y * image.width() + x) + channel] & 0xFF;
      }
    }
    return (double) sum / ((right - left) * (bottom - top));
  }

  static List<Reference> decoded() throws IOException {
    return read("decoded.tsv", 49);
  }

  static List<Reference> shown() throws IOException {
    return read("shown.tsv", 56);
  }

  private static List<Reference> read(String name, int count) throws IOException {
    try (InputStream in = ReferenceTest.class.getResourceAsStream(name)) {
      List<Reference> references =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\t"))
              .map(cells -> new Reference(cells[0], cells[1], cells[2], cells[3]))
              .toList();
      assertThat(references).as(name).hasSize(count);
      return references;
    }
  }
}
