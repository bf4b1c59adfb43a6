package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.core.chain.ImageFitter;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.Renderer;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/** Renders pictures smaller until they fit, as memory admits. Thread-safe. */
final class RenderingFitter implements ImageFitter {
  private final Renderer renderer;
  private final ImageInspector inspector;
  private final Admission admission;

  /**
   * The thumbnail of a picture for models: who wants one that small is spared a decode of the large
   * one. Pictures have no equals, so the same instance is what counts, and it is forgotten when
   * nobody has it any more.
   */
  private final Map<ImageData, ImageData> thumbnails =
      Collections.synchronizedMap(new WeakHashMap<>());

  RenderingFitter(Renderer renderer, ImageInspector inspector, Admission admission) {
    this.renderer = renderer;
    this.inspector = inspector;
    this.admission = admission;
  }

  void learn(ImageData model, ImageData thumbnail) {
    thumbnails.put(model, thumbnail);
  }

  @Override
  public ImageData fit(ImageData picture, Capabilities capabilities) {
    if (!capabilities.formats().contains(ImageFormat.JPEG)) {
      throw new CaptionException(
          Reason.IMAGE_LIMIT, "takes " + capabilities.formats() + " only, and renditions are JPEG");
    }
    int longEdge = longEdge(picture, capabilities);
    ImageData thumbnail = thumbnails.get(picture);
    boolean thumbnailWillDo = thumbnail != null && thumbnail.longEdge() >= longEdge;
    ImageData source = thumbnailWillDo ? Objects.requireNonNull(thumbnail) : picture;
    return render(source, longEdge, capabilities.maxBytes());
  }

  @Override
  public ImageData smaller(ImageData picture) {
    return render(picture, Math.max(1, picture.longEdge() / 2), Long.MAX_VALUE);
  }

  private ImageData render(ImageData picture, int longEdge, long maxBytes) {
    if (picture.longEdge() <= longEdge && picture.size() <= maxBytes) {
      return picture;
    }
    ImageInfo info = inspector.inspect(picture.toByteArray());
    return admission.decoding(
        info.decodeMemory(), () -> renderer.renderSmaller(picture, longEdge, maxBytes));
  }

  /** Returns the longest side that keeps within side and pixels. */
  private static int longEdge(ImageData picture, Capabilities capabilities) {
    double pixels = (double) picture.width() * picture.height();
    double scale = Math.min(1, Math.sqrt(capabilities.maxPixels() / pixels));
    int edge = (int) Math.floor(picture.longEdge() * scale);
    return Math.max(1, Math.min(edge, capabilities.maxLongEdge()));
  }
}
