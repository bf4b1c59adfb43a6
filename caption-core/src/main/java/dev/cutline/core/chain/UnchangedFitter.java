package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.Reason;

/** Takes pictures as they are: what does not fit a captioner is not shown to it. */
final class UnchangedFitter implements ImageFitter {
  @Override
  public ImageData fit(ImageData picture, Capabilities capabilities) {
    boolean fits =
        capabilities.formats().contains(picture.format())
            && picture.size() <= capabilities.maxBytes()
            && picture.longEdge() <= capabilities.maxLongEdge()
            && (long) picture.width() * picture.height() <= capabilities.maxPixels();
    if (!fits) {
      throw new CaptionException(Reason.IMAGE_LIMIT, "does not take " + picture);
    }
    return picture;
  }

  @Override
  public ImageData smaller(ImageData picture) {
    return picture;
  }
}
