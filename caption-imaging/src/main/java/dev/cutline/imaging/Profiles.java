package dev.cutline.imaging;

import dev.cutline.ImageFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the colour profile (ICC) of a picture. */
final class Profiles {
  private Profiles() {}

  /**
   * Returns the profile, or null if the file, which has been inspected, holds none that is whole.
   */
  static byte @Nullable [] of(byte[] file, ImageFormat format) {
    return switch (format) {
      case JPEG -> JpegStructure.readHead(file).profile().join(file);
      case PNG -> PngStructure.read(file, ImageLimits.NONE).profile();
      case WEBP -> {
        Range profile = WebpStructure.read(file, ImageLimits.NONE).profile();
        yield profile == null ? null : Arrays.copyOfRange(file, profile.from(), profile.to());
      }
      case GIF -> null; // no viewer heeds one
    };
  }
}
