package dev.cutline.core;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One caption of a small picture of ours, to find out whether a rung works. Nothing of it is kept;
 * it costs what a small picture costs. Immutable.
 */
public final class TrialCaption {
  private static final String PICTURE = "trial.jpg";
  private static final int WIDTH = 160;
  private static final int HEIGHT = 106;

  private final String text;
  private final @Nullable CaptionException failure;

  private TrialCaption(String text, @Nullable CaptionException failure) {
    this.text = text;
    this.failure = failure;
  }

  /**
   * Asks a rung and waits for the answer, for as long as its timeouts allow.
   *
   * @param rung its name in the settings
   * @throws IllegalArgumentException if there is no such rung
   */
  public static TrialCaption of(Cutline cutline, String rung) {
    CaptionRequest request = CaptionRequest.builder(picture()).build();
    long start = System.nanoTime();
    try {
      CaptionReply reply = cutline.ask(rung, request);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      String caption = reply.text(CaptionStyle.CONCISE).orElse("");
      return new TrialCaption("OK in " + millis + " ms, " + reply.model() + ": " + caption, null);
    } catch (CaptionException e) {
      return new TrialCaption(e.reason() + ": " + e.getMessage(), e);
    }
  }

  /** Returns the picture: a JPEG of 160 × 106 pixels. */
  static ImageData picture() {
    try (InputStream in = TrialCaption.class.getResourceAsStream(PICTURE)) {
      if (in == null) {
        throw new IllegalStateException(PICTURE + " is missing from the class path");
      }
      return ImageData.of(in.readAllBytes(), ImageFormat.JPEG, WIDTH, HEIGHT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether there was a caption. */
  public boolean isAnswered() {
    return failure == null;
  }

  /**
   * Returns what came of it: milliseconds, model and caption, or the reason and what the rung says.
   */
  public String text() {
    return text;
  }

  /** Returns why there was no caption; empty if there was one. */
  public Optional<Reason> reason() {
    return Optional.ofNullable(failure).map(CaptionException::reason);
  }

  /** Returns what to do about it; empty if there was a caption. */
  public Optional<String> remedy() {
    return reason().map(TrialCaption::remedy);
  }

  static String remedy(Reason reason) {
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
}
