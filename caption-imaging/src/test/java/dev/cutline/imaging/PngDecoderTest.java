package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares every colour type, bit depth and interlacing with the samples that the JDK reads. */
class PngDecoderTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 29;

  @ParameterizedTest
  @CsvSource({
    "0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "3, 1", "3, 2", "3, 4", "3, 8",
    "4, 8", "4, 16", "6, 8", "6, 16"
  })
  void everyKindIsDecodedExactly(int colourType, int bitDepth) throws Exception {
    for (int interlace = 0; interlace <= 1; interlace++) {
      byte[] palette = new byte[3 << Math.min(bitDepth, 8)];
      new Random(1).nextBytes(palette);
      byte[] file = random(colourType, bitDepth, interlace, palette);

      PixelImage ours = ColourConverter.toSrgb(Pixels.decoded(file), null);

      Raster theirs = raster(file);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          assertThat(Pixels.rgb(ours, x, y))
              .as("pixel %d, %d, interlaced %d", x, y, interlace)
              .isEqualTo(
                  expected(theirs.getPixel(x, y, (int[]) null), colourType, bitDepth, palette));
        }
      }
    }
  }

  private static int expected(int[] samples, int colourType, int bitDepth, byte[] palette) {
    if (colourType == PngStructure.PALETTE) {
      int at = 3 * samples[0];
      return (palette[at] & 0xFF) << 16 | (palette[at + 1] & 0xFF) << 8 | palette[at + 2] & 0xFF;
    }
    boolean gray = colourType == PngStructure.GRAY || colourType == PngStructure.GRAY_ALPHA;
    boolean alpha = colourType >= PngStructure.GRAY_ALPHA;
    int opacity = alpha ? eightBits(samples[samples.length - 1], bitDepth) : 255;
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      int value = eightBits(samples[gray ? 0 : c], bitDepth);
      rgb = rgb << 8 | Pixels.onWhite(value, opacity) & 0xFF;
    }
    return rgb;
  }

  private static int eightBits(int sample, int bitDepth) {
    return (int) Math.round(sample * 255.0 / ((1 << bitDepth) - 1));
  }

  private static Raster raster(byte[] file) throws Exception {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.readRaster(0, null);
    } catch (UnsupportedOperationException e) {
      try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
        reader.setInput(in);
        return reader.read(0).getRaster();
      }
    } finally {
      reader.dispose();
    }
  }

  /** Random samples behind a random filter in each row, pass by pass where interlaced. */
  private static byte[] random(int colourType, int bitDepth, int interlace, byte[] palette) {
    int samples = colourType == 2 ? 3 : colourType == 4 ? 2 : colourType == 6 ? 4 : 1;
    int[] x0 = interlace == 0 ? new int[] {0} : new int[] {0, 4, 0, 2, 0, 1, 0};
    int[] y0 = interlace == 0 ? new int[] {0} : new int[] {0, 0, 4, 0, 2, 0, 1};
    int[] dx = interlace == 0 ? new int[] {1} : new int[] {8, 8, 4, 4, 2, 2, 1};
    int[] dy = interlace == 0 ? new int[] {1} : new int[] {8, 8, 8, 4, 4, 2, 2};
    Random random = new Random(20261121 + 100 * colourType + bitDepth);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int pass = 0; pass < x0.length; pass++) {
      int width = (WIDTH - x0[pass] + dx[pass] - 1) / dx[pass];
      byte[] row = new byte[(width * samples * bitDepth + 7) / 8];
      for (int y = y0[pass]; y < HEIGHT; y += dy[pass]) {
        random.nextBytes(row);
        data.write(random.nextInt(5));
        data.writeBytes(row);
      }
    }
    SyntheticPng png = SyntheticPng.of(WIDTH, HEIGHT, bitDepth, colourType, interlace);
    if (colourType == PngStructure.PALETTE) {
      png.chunk("PLTE", palette);
    }
    return png.chunk("IDAT", SyntheticPng.packed(data.toByteArray())).end();
  }
}
