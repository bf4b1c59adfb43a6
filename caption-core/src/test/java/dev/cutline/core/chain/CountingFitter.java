package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes pictures of one byte a pixel of the longer side, and counts how often it is asked. */
final class CountingFitter implements ImageFitter {
  final AtomicInteger fits = new AtomicInteger();

  @Override
  public ImageData fit(ImageData picture, Capabilities capabilities) {
    fits.incrementAndGet();
    if (capabilities.maxBytes() == 1) {
      throw new CaptionException(Reason.IMAGE_LIMIT, "no picture of one byte");
    }
    if (capabilities.maxBytes() == 2) {
      throw new CaptionException(Reason.INVALID_IMAGE, "cannot be decoded");
    }
    if (capabilities.maxBytes() == 3) {
      throw new IllegalStateException("a defect");
    }
    if (capabilities.maxBytes() == 5) {
      throw new OutOfMemoryError("Java heap space");
    }
    return picture.longEdge() <= capabilities.maxLongEdge()
        ? picture
        : of(capabilities.maxLongEdge());
  }

  @Override
  public ImageData smaller(ImageData picture, Capabilities capabilities) {
    if (picture.longEdge() == 1) {
      throw new CaptionException(Reason.IMAGE_LIMIT, "as small as can be");
    }
    if (capabilities.maxBytes() == 4) {
      throw new IllegalStateException("a defect");
    }
    if (capabilities.maxBytes() == 6) {
      throw new NoClassDefFoundError("com/vendor/Codec");
    }
    if (capabilities.maxBytes() == 7) {
      return picture;
    }
    return of(picture.longEdge() / 2);
  }

  static ImageData of(int longEdge) {
    return ImageData.of(new byte[longEdge], ImageFormat.JPEG, longEdge, 1);
  }
}
