package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What people do to a picture before they upload it again, and what it must not be taken for. */
final class Variants {
  private static final Resampler RESAMPLER = new LanczosResampler();
  private static final JpegEncoder ENCODER = new ImageIoJpegEncoder();

  private Variants() {}

  /**
   * One way to change a picture.
   *
   * @param kind resized, recompressed, cropped 2 %, … : what the table counts together
   */
  record Change(String kind, String name, UnaryOperator<PixelImage> of) {}

  /** Returns every change. */
  static List<Change> all() {
    List<Change> all = new ArrayList<>();
    for (int percent : new int[] {75, 50, 33, 25, 15}) {
      all.add(new Change("resized", percent + " %", image -> scaled(image, percent)));
    }
    for (int quality : new int[] {90, 75, 50, 30, 15}) {
      all.add(new Change("recompressed", "q" + quality, image -> recompressed(image, quality)));
    }
    all.add(new Change("recompressed", "half, q30", image -> recompressed(scaled(image, 50), 30)));
    for (int percent : new int[] {2, 5, 10}) {
      String kind = "cropped " + percent + " %";
      all.add(new Change(kind, "all round", image -> cropped(image, percent, 1, 1, 1, 1)));
      all.add(new Change(kind, "left", image -> cropped(image, percent, 2, 0, 0, 0)));
      all.add(new Change(kind, "top", image -> cropped(image, percent, 0, 2, 0, 0)));
      all.add(new Change(kind, "right, bottom", image -> cropped(image, percent, 0, 0, 2, 2)));
    }
    all.add(new Change("recoloured", "darker", image -> each(image, v -> v * 0.75)));
    all.add(new Change("recoloured", "brighter", image -> each(image, v -> v * 1.25)));
    all.add(new Change("recoloured", "lifted", image -> each(image, v -> v + 30)));
    all.add(new Change("recoloured", "more contrast", i -> each(i, v -> 128 + (v - 128) * 1.3)));
    all.add(new Change("recoloured", "gray", image -> saturated(image, 0)));
    all.add(new Change("recoloured", "pale", image -> saturated(image, 0.5)));
    all.add(new Change("recoloured", "vivid", image -> saturated(image, 1.5)));
    all.add(new Change("recoloured", "warm", image -> tinted(image, 1.08, 1, 0.88)));
    all.add(new Change("recoloured", "cold", image -> tinted(image, 0.9, 1, 1.1)));
    return all;
  }

  /** A change of one sample. */
  private interface Curve {
    double at(double sample);
  }

  static PixelImage scaled(PixelImage image, int percent) {
    return RESAMPLER.resample(
        image,
        Math.max(1, image.width() * percent / 100),
        Math.max(1, image.height() * percent / 100));
  }

  private static PixelImage recompressed(PixelImage image, int quality) {
    return Pixels.decoded(ENCODER.encode(image, quality));
  }

  /** Takes halves of {@code percent} of the width or height off each side. */
  private static PixelImage cropped(
      PixelImage image, int percent, int left, int top, int right, int bottom) {
    int x = image.width() * percent * left / 200;
    int y = image.height() * percent * top / 200;
    return part(
        image,
        x,
        y,
        image.width() - x - image.width() * percent * right / 200,
        image.height() - y - image.height() * percent * bottom / 200);
  }

  static PixelImage part(PixelImage image, int left, int top, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          image.samples(), 3 * ((top + y) * image.width() + left), rgb, 3 * y * width, 3 * width);
    }
    return PixelImage.wrap(Layout.RGB, width, height, rgb);
  }

  private static PixelImage each(PixelImage image, Curve curve) {
    byte[] rgb = new byte[image.samples().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = clamped(curve.at(image.samples()[i] & 0xFF));
    }
    return PixelImage.wrap(Layout.RGB, image.width(), image.height(), rgb);
  }

  private static PixelImage saturated(PixelImage image, double factor) {
    byte[] rgb = image.samples().clone();
    for (int i = 0; i < rgb.length; i += 3) {
      double gray =
          0.299 * (rgb[i] & 0xFF) + 0.587 * (rgb[i + 1] & 0xFF) + 0.114 * (rgb[i + 2] & 0xFF);
      for (int c = i; c < i + 3; c++) {
        rgb[c] = clamped(gray + ((rgb[c] & 0xFF) - gray) * factor);
      }
    }
    return PixelImage.wrap(Layout.RGB, image.width(), image.height(), rgb);
  }

  private static PixelImage tinted(PixelImage image, double red, double green, double blue) {
    byte[] rgb = image.samples().clone();
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = clamped((rgb[i] & 0xFF) * red);
      rgb[i + 1] = clamped((rgb[i + 1] & 0xFF) * green);
      rgb[i + 2] = clamped((rgb[i + 2] & 0xFF) * blue);
    }
    return PixelImage.wrap(Layout.RGB, image.width(), image.height(), rgb);
  }

  private static byte clamped(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Returns the picture with a dark disc in it, a tenth of its shorter side wide. */
  static PixelImage withSomethingSmall(PixelImage image, Random random) {
    byte[] rgb = image.samples().clone();
    int radius = Math.min(image.width(), image.height()) / 20;
    int centreX = radius + random.nextInt(image.width() - 2 * radius);
    int centreY = radius + random.nextInt(image.height() - 2 * radius);
    for (int y = -radius; y <= radius; y++) {
      for (int x = -radius; x <= radius; x++) {
        if (x * x + y * y <= radius * radius) {
          int at = 3 * ((centreY + y) * image.width() + centreX + x);
          rgb[at] = 20;
          rgb[at + 1] = 20;
          rgb[at + 2] = 20;
        }
      }
    }
    return PixelImage.wrap(Layout.RGB, image.width(), image.height(), rgb);
  }

  /** Returns a page of one form: the same frame, other words in its lines. */
  static PixelImage page(Random random) {
    int width = 420;
    int height = 594;
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 250);
    fill(rgb, width, 40, 40, 120, 30, 60);
    fill(rgb, width, 40, 90, 340, 2, 120);
    for (int y = 110; y < 540; y += 16) {
      int x = 40;
      while (x < 340) {
        int word = 10 + random.nextInt(45);
        fill(rgb, width, x, y, Math.min(word, 380 - x), 7, 40);
        x += word + 8;
      }
    }
    return PixelImage.wrap(Layout.RGB, width, height, rgb);
  }

  private static void fill(byte[] rgb, int width, int left, int top, int w, int h, int value) {
    for (int y = top; y < top + h; y++) {
      Arrays.fill(rgb, 3 * (y * width + left), 3 * (y * width + left + w), (byte) value);
    }
  }
}
