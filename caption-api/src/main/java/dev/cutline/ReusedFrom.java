package dev.cutline;

import java.util.Objects;

/**
 * Where a text comes from that was not made for its picture: a model wrote it for another picture
 * of the same owner that looks nearly the same.
 *
 * @param imageId of that other picture, which may be gone by now
 * @param distance how many bits of the {@linkplain ImageRecord#perceptualHash perceptual hashes}
 *     differ, from 0
 */
public record ReusedFrom(String imageId, int distance) {
  /**
   * @throws IllegalArgumentException if the distance is not 0 to 64
   */
  public ReusedFrom {
    Objects.requireNonNull(imageId, "imageId");
    if (distance < 0 || distance > Long.SIZE) {
      throw new IllegalArgumentException("a distance is 0 to 64 bits, not " + distance);
    }
  }
}
