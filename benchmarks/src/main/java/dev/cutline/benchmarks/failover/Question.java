package dev.cutline.benchmarks.failover;

import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.prompt.CaptionPrompt;
import java.time.Duration;

/** What every contender asks: the captions of one JPEG, in the same words. Immutable. */
final class Question {
  private static final Duration NEVER = Duration.ofHours(1);

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

  /** Returns a request whose own deadline is later than any that is measured. */
  CaptionRequest request() {
    return CaptionRequest.builder(image).deadline(Deadline.after(NEVER)).build();
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
