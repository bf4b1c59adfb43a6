package dev.cutline.imaging;

import dev.cutline.ImageData;

/**
 * What {@link Renderer} makes of a picture: upright, in sRGB, opaque on white, without metadata.
 * Immutable.
 */
public final class Renditions {
  private final ImageData model;
  private final ImageData thumbnail;
  private final ImageData square;
  private final long perceptualHash;

  Renditions(ImageData model, ImageData thumbnail, ImageData square, long perceptualHash) {
    this.model = model;
    this.thumbnail = thumbnail;
    this.square = square;
    this.perceptualHash = perceptualHash;
  }

  /**
   * Returns the picture for models: JPEG, its longer side at most {@value Renderer#MODEL_EDGE} px,
   * never enlarged.
   */
  public ImageData model() {
    return model;
  }

  /**
   * Returns the thumbnail: JPEG, its longer side at most {@value Renderer#THUMBNAIL_EDGE} px, never
   * enlarged.
   */
  public ImageData thumbnail() {
    return thumbnail;
  }

  /**
   * Returns the middle of the picture: JPEG, always {@value Renderer#SQUARE_EDGE} x {@value
   * Renderer#SQUARE_EDGE} px. The picture is scaled down until its shorter side fits and never
   * enlarged; where it is smaller, the rest is white.
   */
  public ImageData square() {
    return square;
  }

  /** Returns the fingerprint of what the picture shows, see {@link PerceptualHash}. */
  public long perceptualHash() {
    return perceptualHash;
  }

  @Override
  public String toString() {
    return "model "
        + model
        + ", thumbnail "
        + thumbnail
        + ", hash "
        + PerceptualHash.toHex(perceptualHash);
  }
}
