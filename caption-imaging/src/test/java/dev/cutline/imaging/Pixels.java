package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Decodes and compares pictures in tests. */
final class Pixels {
  static final ImageInspector INSPECTOR = new ImageInspector(ImageLimits.ofDefaults());
  private static final PixelDecoder DECODER = new FormatDecoder();

  private Pixels() {}

  /** Returns a picture at full size, as coded. */
  static PixelImage decoded(byte[] file) {
    return decoded(file, Integer.MAX_VALUE);
  }

  static PixelImage decoded(byte[] file, int enoughLongEdge) {
    try {
      return DECODER.decode(file, INSPECTOR.inspect(file), enoughLongEdge);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PixelImage decoded(ImageData picture) {
    return decoded(picture.toByteArray());
  }

  /** Returns a picture at full size, upright and in sRGB. */
  static PixelImage shown(byte[] file) {
    ImageInfo info = INSPECTOR.inspect(file);
    PixelImage srgb = ColourConverter.toSrgb(decoded(file), Profiles.of(file, info.format()));
    return Geometry.upright(srgb, info.orientation());
  }

  /** Returns how far samples lie apart on average. */
  static double meanDifference(PixelImage one, PixelImage other) {
    assertThat(one).hasToString(other.toString());
    long sum = 0;
    for (int i = 0; i < one.samples().length; i++) {
      sum += Math.abs((one.samples()[i] & 0xFF) - (other.samples()[i] & 0xFF));
    }
    return (double) sum / one.samples().length;
  }

  /** Returns the picture as red, green and blue, for comparison with other decoders. */
  static PixelImage of(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        for (int shift = 16; shift >= 0; shift -= 8) {
          rgb[to++] = onWhite(pixel >> shift & 0xFF, pixel >>> 24);
        }
      }
    }
    return PixelImage.wrap(PixelImage.Layout.RGB, image.getWidth(), image.getHeight(), rgb);
  }

  static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  /** Returns red, green and blue of one pixel as one number, 0xRRGGBB. */
  static int rgb(PixelImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] samples = image.samples();
    return (samples[at] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | samples[at + 2] & 0xFF;
  }
}
