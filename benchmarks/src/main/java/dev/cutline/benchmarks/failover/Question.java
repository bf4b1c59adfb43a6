package dev.cutline.benchmarks.failover;

import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.prompt.CaptionPrompt;

/** What every contender asks: the captions of one JPEG, in the same words. Immutable. */
final class Question {
  private final byte[] jpeg;
  private final ImageData image;
  private final CaptionPrompt prompt;

  /**
   * @param width and {@code height} in pixels, no larger than any server takes
   */
  Question(byte[] jpeg, int width, int height) {
    this.jpeg = jpeg.clone();
    this.image = ImageData.of(jpeg, ImageFormat.JPEG, width, height);
    this.prompt = CaptionPrompt.of(request());
  }

  /** Returns a request without a deadline of its own. */
  CaptionRequest request() {
    return CaptionRequest.builder(image).build();
  }

  byte[] jpeg() {
    return jpeg.clone();
  }

  String base64() {
    return image.toBase64();
  }

  String system() {
    return prompt.system();
  }

  String user() {
    return prompt.user();
  }

  int bytes() {
    return jpeg.length;
  }
}
