package dev.cutline.imaging;

/**
 * Takes off a picture everything that is not needed to show it: EXIF with place and camera, maker
 * notes, XMP, IPTC, Photoshop data, comments, texts, embedded thumbnails and further pictures,
 * unknown pieces, and whatever follows the end of the picture. The coded pixels stay as they are,
 * bit for bit, so nothing is lost and it is fast.
 *
 * <p>What stays: size and coding, colour profile (ICC) and other facts about colour, the Adobe
 * marker of a JPEG that says how its colours are coded, timing and looping of animations, and the
 * orientation, written anew as EXIF data that says nothing else. Cleaning again changes nothing.
 * Thread-safe.
 */
public final class MetadataStripper {
  /**
   * Returns the picture without its metadata.
   *
   * @param file the whole file; not changed and not kept
   * @param info what {@link ImageInspector} says about this file
   * @return a new array, even where there was nothing to take off
   * @throws dev.cutline.ImageRejectedException if the file is broken after all, which a file that
   *     was inspected is not
   */
  public byte[] strip(byte[] file, ImageInfo info) {
    return switch (info.format()) {
      case JPEG -> JpegCleaner.clean(file, info.orientation());
      case PNG -> PngCleaner.clean(file, info.orientation());
      case GIF -> GifCleaner.clean(file);
      case WEBP -> WebpCleaner.clean(file, info.orientation());
    };
  }
}
