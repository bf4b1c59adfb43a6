package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;

/**
 * Makes a picture fit what a captioner takes. A chain asks it on a thread that it interrupts when
 * nobody waits for the picture any more. Thread-safe.
 */
public interface ImageFitter {
  /**
   * Returns the picture in a format and size that the captioner takes: the same instance if it is
   * already.
   *
   * @throws CaptionException if it cannot be made to fit ({@link dev.cutline.Reason#IMAGE_LIMIT})
   *     or not be decoded ({@link dev.cutline.Reason#INVALID_IMAGE})
   */
  ImageData fit(ImageData picture, Capabilities capabilities);

  /**
   * Returns the picture at about half its sides, for a server whose limit is lower than it said:
   * within what it did say. The same instance if it cannot be smaller.
   *
   * @throws CaptionException as {@link #fit}
   */
  ImageData smaller(ImageData picture, Capabilities capabilities);
}
