package dev.cutline.imaging;

import java.io.IOException;

/** Turns the bytes of a picture into pixels. Implementations are thread-safe. */
@FunctionalInterface
public interface PixelDecoder {
  /**
   * Decodes the first frame, composed on its canvas, with transparent parts flattened on white. The
   * result is as coded: not turned upright, and in the colours of the picture's own profile.
   *
   * @param file the whole file; not changed
   * @param info what {@link ImageInspector} says about this file
   * @param enoughLongEdge pixels of the longer side that are enough; a decoder may return a picture
   *     scaled down without aliasing whose longer side is at least this, or the whole picture
   * @throws IOException if the picture data is damaged; other failures of a decoder on damaged data
   *     may be unchecked
   */
  PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException;
}
