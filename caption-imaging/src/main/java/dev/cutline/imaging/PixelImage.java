package dev.cutline.imaging;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A decoded picture in memory: eight bits a sample, row by row from the top, the samples of a pixel
 * side by side, opaque. Immutable as seen from outside of this package.
 */
public final class PixelImage {
  /** What the samples of a pixel are. */
  public enum Layout {
    /** One: brightness. */
    GRAY(1),
    /** Three: red, green, blue. */
    RGB(3),
    /** Four: cyan, magenta, yellow, black; 255 is full ink, as colour profiles count. */
    CMYK(4);

    private final int channels;

    Layout(int channels) {
      this.channels = channels;
    }

    /** Returns the samples of a pixel. */
    public int channels() {
      return channels;
    }
  }

  private final Layout layout;
  private final int width;
  private final int height;
  private final byte[] samples;

  private PixelImage(Layout layout, int width, int height, byte[] samples) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /**
   * Returns a picture of these samples without copying them: the caller hands the array over and
   * never touches it again.
   *
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @param samples width x height x channels bytes
   * @throws IllegalArgumentException if sizes and samples do not fit each other
   */
  public static PixelImage wrap(Layout layout, int width, int height, byte[] samples) {
    Objects.requireNonNull(layout, "layout");
    if (width < 1 || height < 1 || (long) width * height * layout.channels() != samples.length) {
      throw new IllegalArgumentException(
          samples.length
              + " samples are not "
              + width
              + " x "
              + height
              + " x "
              + layout.channels());
    }
    return new PixelImage(layout, width, height, samples);
  }

  public Layout layout() {
    return layout;
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns a read-only view of the samples, positioned at the first, without a copy. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(samples).asReadOnlyBuffer();
  }

  /** Returns the samples themselves, for those in this package, who do not change them. */
  byte[] samples() {
    return samples;
  }

  @Override
  public String toString() {
    return layout + " " + width + "x" + height;
  }
}
