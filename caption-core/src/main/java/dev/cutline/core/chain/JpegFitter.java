package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.imaging.Renderer;

/** Renders pictures that do not fit as JPEG, only as small as they have to be. Thread-safe. */
final class JpegFitter implements ImageFitter {
  private final Renderer renderer = new Renderer();
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());

  @Override
  public ImageData fit(ImageData picture, Capabilities capabilities) {
    ImageData taken = inFormat(picture, capabilities);
    return renderer.renderSmaller(taken, longEdge(taken, capabilities), capabilities.maxBytes());
  }

  @Override
  public ImageData smaller(ImageData picture) {
    return renderer.renderSmaller(picture, Math.max(1, picture.longEdge() / 2), Long.MAX_VALUE);
  }

  private ImageData inFormat(ImageData picture, Capabilities capabilities) {
    if (capabilities.formats().contains(picture.format())) {
      return picture;
    }
    if (!capabilities.formats().contains(ImageFormat.JPEG)) {
      throw new CaptionException(
          Reason.IMAGE_LIMIT, "takes " + capabilities.formats() + " only, and renditions are JPEG");
    }
    byte[] file = picture.toByteArray();
    return renderer.render(file, inspector.inspect(file)).model();
  }

  /** Returns the longest side that keeps within the limits of side and pixels. */
  private static int longEdge(ImageData picture, Capabilities capabilities) {
    double pixels = (double) picture.width() * picture.height();
    double scale = Math.min(1, Math.sqrt(capabilities.maxPixels() / pixels));
    int edge = (int) Math.ceil(picture.longEdge() * scale);
    while (edge > 1 && pixelsAt(edge, picture) > capabilities.maxPixels()) {
      edge--; // the shorter side is rounded, so that the square root is a pixel or so out
    }
    return Math.max(1, Math.min(edge, capabilities.maxLongEdge()));
  }

  private static long pixelsAt(int longEdge, ImageData picture) {
    int shortEdge = Math.min(picture.width(), picture.height());
    return longEdge * Math.max(1, Math.round((double) longEdge * shortEdge / picture.longEdge()));
  }
}
