package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.imaging.MemoryGate;
import dev.cutline.imaging.Renderer;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Renders pictures that do not fit as JPEG, only as small as they have to be, and as many at a time
 * as memory admits. A picture whose format is not taken becomes a JPEG of at most {@value
 * dev.cutline.imaging.Renderer#MODEL_EDGE} px. Thread-safe.
 */
public final class JpegFitter implements ImageFitter {
  private final Renderer renderer;
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());
  private final MemoryGate decoding;

  /**
   * Smaller renditions that are there already: who wants one that small is spared a decode of the
   * large one. Pictures have no equals, so the same instance is what counts, and it is forgotten
   * when nobody has it any more.
   */
  private final Map<ImageData, ImageData> thumbnails =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Makes a fitter that decodes in half of the heap at most. */
  public JpegFitter() {
    this(new Renderer(), new MemoryGate());
  }

  /**
   * Makes a fitter that shares memory with others.
   *
   * @param decoding admits what is decoded
   */
  public JpegFitter(Renderer renderer, MemoryGate decoding) {
    this.renderer = renderer;
    this.decoding = decoding;
  }

  /** Tells of a smaller rendition of a picture, to be used where it is large enough. */
  public void learn(ImageData picture, ImageData thumbnail) {
    thumbnails.put(picture, thumbnail);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CaptionException also with {@link Reason#TIMEOUT} if interrupted while waiting for
   *     memory; the interrupt status is kept
   */
  @Override
  public ImageData fit(ImageData picture, Capabilities capabilities) {
    if (capabilities.takes(picture)) {
      return picture;
    }
    ImageData thumbnail = thumbnails.get(picture);
    boolean thumbnailWillDo =
        thumbnail != null && thumbnail.longEdge() >= longEdge(picture, capabilities);
    return render(thumbnailWillDo && thumbnail != null ? thumbnail : picture, capabilities);
  }

  @Override
  public ImageData smaller(ImageData picture, Capabilities capabilities) {
    int half = Math.max(1, picture.longEdge() / 2);
    Capabilities halved =
        Capabilities.builder()
            .formats(capabilities.formats())
            .maxBytes(capabilities.maxBytes())
            .maxPixels(capabilities.maxPixels())
            .maxLongEdge(Math.min(half, capabilities.maxLongEdge()))
            .build();
    return halved.takes(picture) ? picture : render(picture, halved);
  }

  private ImageData render(ImageData picture, Capabilities capabilities) {
    if (capabilities.takes(picture)) {
      return picture;
    }
    if (!capabilities.formats().contains(ImageFormat.JPEG)) {
      throw new CaptionException(
          Reason.IMAGE_LIMIT, "takes " + capabilities.formats() + " only, and renditions are JPEG");
    }
    byte[] file = picture.toByteArray();
    ImageInfo info = inspector.inspect(file);
    return admitted(
        info.decodeMemory(),
        () -> {
          boolean taken = capabilities.formats().contains(picture.format());
          ImageData source = taken ? picture : renderer.render(file, info).model();
          return renderer.renderSmaller(
              source, longEdge(source, capabilities), capabilities.maxBytes());
        });
  }

  private ImageData admitted(long memory, Supplier<ImageData> work) {
    try {
      return decoding.during(memory, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted while waiting for memory", e);
    }
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
