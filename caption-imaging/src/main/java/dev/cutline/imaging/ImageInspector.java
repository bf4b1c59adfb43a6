package dev.cutline.imaging;

import dev.cutline.ImageFormat;
import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.util.Objects;

/**
 * Tells what a file is and whether it is taken, by its content alone. Walks header and structure
 * from the first byte to the last; decodes nothing and allocates nothing in proportion to what the
 * file claims. Thread-safe.
 *
 * <p>A file that ends early anywhere is refused, also where a browser would show what is there: a
 * JPEG needs its end mark (EOI), a PNG its IEND with every checksum right, a GIF its trailer, a
 * WebP the length it states. What follows the end of the picture is no fault; {@link
 * MetadataStripper} takes it off.
 */
public final class ImageInspector {
  private final ImageLimits limits;

  public ImageInspector(ImageLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Returns what the file is.
   *
   * @param file the whole file; not changed and not kept
   * @throws ImageRejectedException if it is no picture, broken, of an unsupported coding or beyond
   *     a limit; the message is one line that says what is wrong and what would mend it
   */
  public ImageInfo inspect(byte[] file) {
    limits.checkBytes(file.length);
    ImageFormat format =
        FileKinds.pictureFormat(file)
            .orElseThrow(
                () -> new ImageRejectedException(Rejection.NOT_AN_IMAGE, FileKinds.refusal(file)));
    return switch (format) {
      case JPEG -> jpeg(file);
      case PNG -> png(file);
      case GIF -> gif(file);
      case WEBP -> webp(file);
    };
  }

  private ImageInfo jpeg(byte[] file) {
    JpegStructure jpeg = JpegStructure.read(file, limits);
    return ImageInfo.builder(ImageFormat.JPEG, jpeg.width(), jpeg.height())
        .orientation(jpeg.orientation(file))
        .colour(jpeg.colour())
        .colourProfile(jpeg.profile().join(file) != null)
        .progressive(jpeg.isProgressive())
        .scans(jpeg.scans())
        .decodeMemory(DecodeMemory.ofJpeg(jpeg, file.length))
        .build();
  }

  private ImageInfo png(byte[] file) {
    PngStructure png = PngStructure.read(file, limits);
    boolean palette = png.colourType() == PngStructure.PALETTE;
    ColourModel colour =
        png.isGray() ? ColourModel.GRAY : palette ? ColourModel.PALETTE : ColourModel.RGB;
    return ImageInfo.builder(ImageFormat.PNG, png.width(), png.height())
        .orientation(png.orientation())
        .frames(png.frames())
        .bitDepth(png.bitDepth())
        .colour(colour)
        .alpha(png.hasAlpha())
        .colourProfile(png.profile() != null)
        .progressive(png.isInterlaced())
        .decodeMemory(DecodeMemory.ofPng(png))
        .build();
  }

  private ImageInfo gif(byte[] file) {
    GifStructure gif = GifStructure.read(file, limits);
    int colours = gif.firstFrame().table().length() / 3;
    return ImageInfo.builder(ImageFormat.GIF, gif.width(), gif.height())
        .frames(gif.frames())
        .bitDepth(Integer.numberOfTrailingZeros(colours))
        .colour(ColourModel.PALETTE)
        .alpha(gif.hasAlpha())
        .progressive(gif.firstFrame().interlaced())
        .decodeMemory(DecodeMemory.ofGif(gif))
        .build();
  }

  private ImageInfo webp(byte[] file) {
    WebpStructure webp = WebpStructure.read(file, limits);
    return ImageInfo.builder(ImageFormat.WEBP, webp.width(), webp.height())
        .orientation(webp.orientation())
        .frames(webp.frames())
        .colour(webp.firstFrame().lossless() ? ColourModel.RGB : ColourModel.YCBCR)
        .alpha(webp.hasAlpha())
        .colourProfile(webp.profile() != null)
        .decodeMemory(DecodeMemory.ofWebp(webp))
        .build();
  }
}
