package dev.cutline.cli;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.core.Cutline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Asks a rung once, to find out whether it works. */
final class RungCheck {
  private static final String PICTURE = "check.jpg";
  private static final int WIDTH = 160;
  private static final int HEIGHT = 106;

  private RungCheck() {}

  static ProviderState of(Cutline cutline, ProviderState rung) {
    CaptionRequest request =
        CaptionRequest.builder(ImageData.of(picture(), ImageFormat.JPEG, WIDTH, HEIGHT)).build();
    long start = System.nanoTime();
    try {
      CaptionReply reply = cutline.ask(rung.rung().orElseThrow(), request);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      String text = reply.text(CaptionStyle.CONCISE).orElse("");
      return rung.checked(
          "OK in " + elapsed.toMillis() + " ms, " + reply.model() + ": " + text, true);
    } catch (CaptionException e) {
      return rung.checked(e.reason() + ": " + e.getMessage() + "; " + remedy(e.reason()), false);
    }
  }

  /** Returns what to do about a rung; the picture is ours, and nothing of it is kept. */
  private static String remedy(Reason reason) {
    return switch (reason) {
      case RATE_LIMITED -> "check again later";
      case UNAVAILABLE, TIMEOUT ->
          "see whether it runs and can be reached, then check again, or name another rung";
      case UNAUTHORIZED -> "check its API key";
      case MISCONFIGURED -> "check its settings";
      case INTERNAL, MALFORMED_REPLY, INVALID_IMAGE, IMAGE_LIMIT, REFUSED ->
          "check again, or name another model";
      case BUDGET_SPENT -> "check again when there is a new one, or raise it";
    };
  }

  private static byte[] picture() {
    try (InputStream in = RungCheck.class.getResourceAsStream(PICTURE)) {
      if (in == null) {
        throw new IllegalStateException(PICTURE + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
