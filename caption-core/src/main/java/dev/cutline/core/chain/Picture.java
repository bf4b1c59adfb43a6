package dev.cutline.core.chain;

import dev.cutline.ImageData;

/**
 * A picture as a rung is given it, with the hash that goes to the trail and into the cache key.
 *
 * @param data what is sent
 * @param sha256 of exactly these bytes, as 64 lower-case hex digits
 */
record Picture(ImageData data, String sha256) {
  static Picture of(ImageData data) {
    return new Picture(data, data.sha256());
  }
}
