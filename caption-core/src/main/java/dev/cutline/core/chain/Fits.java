package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The renditions of one request's picture: made when a rung is about to be asked, and once however
 * many rungs want the same. A decode cannot be cut off, so it runs on a thread of the chain that
 * the caller leaves when the time is up; what waits for memory ends then, and what decodes keeps
 * its memory until it ends. Thread-safe: two rungs may be asked at once.
 */
final class Fits {
  private final ChainParts parts;
  private final ImageData original;
  private final Map<Limits, Picture> fitted = new ConcurrentHashMap<>();
  private final Map<Half, Picture> halved = new ConcurrentHashMap<>();
  private volatile @Nullable Picture untouched;

  Fits(ChainParts parts, ImageData original) {
    this.parts = parts;
    this.original = original;
  }

  /**
   * Returns the picture as a captioner takes it.
   *
   * @param interest in it; its end ends the waiting
   * @throws CaptionException if there was no time ({@link Reason#TIMEOUT}) or no thread ({@link
   *     Reason#UNAVAILABLE}) to render it
   * @throws ExecutionException with what the fitter threw
   * @throws CancellationException if the request was cancelled
   */
  Picture fit(Capabilities capabilities, Deadline until, Interest interest)
      throws InterruptedException, ExecutionException {
    if (capabilities.takes(original)) {
      return untouched();
    }
    Limits limits = Limits.of(capabilities);
    Picture known = fitted.get(limits);
    if (known == null) {
      known = render(() -> parts.fitter().fit(original, capabilities), until, interest);
      fitted.put(limits, known);
    }
    return known;
  }

  /** Returns a picture at half its sides; throws as {@link #fit}. */
  Picture smaller(Picture picture, Capabilities capabilities, Deadline until, Interest interest)
      throws InterruptedException, ExecutionException {
    Half half = new Half(picture.sha256(), Limits.of(capabilities));
    Picture known = halved.get(half);
    if (known == null) {
      known = render(() -> parts.fitter().smaller(picture.data(), capabilities), until, interest);
      halved.put(half, known);
    }
    return known;
  }

  private Picture untouched() {
    Picture known = untouched;
    if (known == null) {
      known = Picture.of(original);
      untouched = known;
    }
    return known;
  }

  private Picture render(Supplier<ImageData> work, Deadline until, Interest interest)
      throws InterruptedException, ExecutionException {
    Call<Picture> call =
        new Call<>(() -> Picture.of(work.get()), new Cancellation(), (picture, failure) -> {});
    try {
      parts.calls().startRendering(call);
    } catch (RejectedExecutionException e) {
      throw new CaptionException(Reason.UNAVAILABLE, "no thread is free to fit the picture", e);
    }
    try {
      if (!interest.await(call.answer(), until.remaining())) {
        CaptionException late =
            new CaptionException(Reason.TIMEOUT, "the picture could not be made to fit in time");
        call.abandon(late);
        throw late;
      }
    } catch (InterruptedException | CancellationException e) {
      call.abandon(new CaptionException(Reason.TIMEOUT, "no longer needed"));
      throw e;
    }
    return call.answer().get();
  }

  private record Half(String sha256, Limits limits) {}

  private record Limits(Set<ImageFormat> formats, long maxBytes, int maxLongEdge, long maxPixels) {
    static Limits of(Capabilities capabilities) {
      return new Limits(
          capabilities.formats(),
          capabilities.maxBytes(),
          capabilities.maxLongEdge(),
          capabilities.maxPixels());
    }
  }
}
