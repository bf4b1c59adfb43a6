package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The renditions of one request's picture: made when a rung is about to be asked, and once however
 * many rungs want the same. Used by one thread.
 */
final class Fits {
  private final ImageFitter fitter;
  private final ImageData original;
  private final Map<Limits, Picture> fitted = new HashMap<>();
  private final Map<Half, Picture> halved = new HashMap<>();

  Fits(ImageFitter fitter, ImageData original) {
    this.fitter = fitter;
    this.original = original;
  }

  Picture fit(Capabilities capabilities) {
    Limits limits = Limits.of(capabilities);
    Picture known = fitted.get(limits);
    if (known == null) {
      known = Picture.of(fitter.fit(original, capabilities));
      fitted.put(limits, known);
    }
    return known;
  }

  Picture smaller(Picture picture, Capabilities capabilities) {
    Half half = new Half(picture.sha256(), Limits.of(capabilities));
    Picture known = halved.get(half);
    if (known == null) {
      known = Picture.of(fitter.smaller(picture.data(), capabilities));
      halved.put(half, known);
    }
    return known;
  }

  private record Half(String sha256, Limits limits) {}

  private record Limits(Set<ImageFormat> formats, long maxBytes, int maxLongEdge, long maxPixels) {
    static Limits of(Capabilities capabilities) {
      return new Limits(
          capabilities.formats(),
          capabilities.maxBytes(),
          capabilities.maxLongEdge(),
          capabilities.maxPixels());
    }
  }
}
