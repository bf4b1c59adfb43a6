package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns pixels into sRGB: through the profile of the picture where it has one that fits, otherwise
 * gray and RGB are taken for sRGB, and inks are mixed by a formula.
 */
final class ColourConverter {
  private static final Logger LOG = LoggerFactory.getLogger(ColourConverter.class);
  private static final int STEPS = 9;

  private ColourConverter() {}

  /**
   * Returns the picture in sRGB; the same one where it is already.
   *
   * @param profile the picture's own, or null
   */
  static PixelImage toSrgb(PixelImage image, byte @Nullable [] profile) {
    PixelImage converted = profile == null ? null : throughProfile(image, profile);
    if (converted != null) {
      return converted;
    }
    return switch (image.layout()) {
      case RGB -> image;
      case GRAY ->
          PixelImage.wrap(Layout.RGB, image.width(), image.height(), grayToRgb(image.samples()));
      case CMYK ->
          PixelImage.wrap(Layout.RGB, image.width(), image.height(), Inks.toRgb(image.samples()));
    };
  }

  /** Returns null where the profile is of no use: a picture is not refused for its profile. */
  private static @Nullable PixelImage throughProfile(PixelImage image, byte[] bytes) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(bytes);
      if (profile.getNumComponents() != image.layout().channels()) {
        return null;
      }
      ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
      ColorConvertOp conversion = new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null);
      if (image.layout() == Layout.RGB && changesNothing(conversion)) {
        return image;
      }
      byte[] converted =
          convert(conversion, image.samples(), image.layout(), image.width(), image.height());
      return PixelImage.wrap(Layout.RGB, image.width(), image.height(), converted);
    } catch (RuntimeException e) {
      LOG.debug("a colour profile cannot be used, colours are taken for sRGB", e);
      return null;
    }
  }

  /** Most profiles are sRGB under one of many names; a cube of colours tells. */
  private static boolean changesNothing(ColorConvertOp conversion) {
    byte[] cube = new byte[STEPS * STEPS * STEPS * 3];
    for (int i = 0, at = 0; at < cube.length; i++, at += 3) {
      cube[at] = (byte) (i % STEPS * 255 / (STEPS - 1));
      cube[at + 1] = (byte) (i / STEPS % STEPS * 255 / (STEPS - 1));
      cube[at + 2] = (byte) (i / STEPS / STEPS * 255 / (STEPS - 1));
    }
    byte[] converted = convert(conversion, cube, Layout.RGB, STEPS * STEPS, STEPS);
    for (int i = 0; i < cube.length; i++) {
      if (Math.abs((cube[i] & 0xFF) - (converted[i] & 0xFF)) > 1) {
        return false;
      }
    }
    return true;
  }

  private static byte[] convert(
      ColorConvertOp conversion, byte[] samples, Layout layout, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    conversion.filter(
        raster(samples, layout.channels(), width, height), raster(rgb, 3, width, height));
    return rgb;
  }

  private static WritableRaster raster(byte[] samples, int channels, int width, int height) {
    int[] offsets = new int[channels];
    for (int i = 0; i < channels; i++) {
      offsets[i] = i;
    }
    DataBuffer buffer = new DataBufferByte(samples, samples.length);
    return Raster.createInterleavedRaster(
        buffer, width, height, width * channels, channels, offsets, null);
  }

  private static byte[] grayToRgb(byte[] gray) {
    byte[] rgb = new byte[3 * gray.length];
    for (int i = 0, to = 0; i < gray.length; i++, to += 3) {
      rgb[to] = gray[i];
      rgb[to + 1] = gray[i];
      rgb[to + 2] = gray[i];
    }
    return rgb;
  }
}
