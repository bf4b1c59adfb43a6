package dev.cutline.prompt;

import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;

/** Requests for tests. */
public final class Requests {
  private Requests() {}

  /** Starts a request for a picture of four bytes. */
  public static CaptionRequest.Builder builder() {
    byte[] bytes = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    return CaptionRequest.builder(ImageData.of(bytes, ImageFormat.JPEG, 640, 480));
  }
}
