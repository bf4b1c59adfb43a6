package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionStyle;
import dev.cutline.Usage;
import dev.cutline.core.chain.Rung;
import dev.cutline.imaging.Renderer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what captions would take if the first rung that may serve always answered: tokens as the
 * rung counts them, its median time as records tell it; where they tell none 3 s for a remote
 * model, 6 s for a local one. A description by rule takes no tokens, and 50 ms.
 */
final class Estimator {
  private static final Duration REMOTE = Duration.ofSeconds(3);
  private static final Duration LOCAL = Duration.ofSeconds(6);
  private static final Duration BY_RULE = Duration.ofMillis(50);

  private final List<Rung> rungs;

  Estimator(List<Rung> rungs) {
    this.rungs = List.copyOf(rungs);
  }

  /**
   * Returns the estimate of one picture.
   *
   * @param history of the rungs, by their names
   */
  Estimate estimate(Subject picture, Map<String, RungHistory> history) {
    Estimate sum = Estimate.ofPictures(1);
    for (String language : picture.languages()) {
      Optional<Rung> rung =
          rungs.stream().filter(r -> serves(r.capabilities(), picture, language)).findFirst();
      if (rung.isPresent()) {
        sum = sum.plus(call(rung.get(), picture, history.get(rung.get().name())));
      }
    }
    return sum;
  }

  private static boolean serves(Capabilities capabilities, Subject picture, String language) {
    return capabilities.speaks(language) && (capabilities.isLocal() || !picture.localOnly());
  }

  private static Estimate call(Rung rung, Subject picture, @Nullable RungHistory history) {
    Usage usage = usage(rung, picture);
    Duration time = time(rung.capabilities(), history);
    return Estimate.ofCall(rung, usage, time);
  }

  private static Duration time(Capabilities capabilities, @Nullable RungHistory history) {
    Duration usual = !capabilities.isModel() ? BY_RULE : capabilities.isLocal() ? LOCAL : REMOTE;
    return history == null ? usual : history.median().orElse(usual);
  }

  private static Usage usage(Rung rung, Subject picture) {
    Capabilities capabilities = rung.capabilities();
    int longEdge = Math.max(picture.width(), picture.height());
    double scale = Math.min(1, (double) Renderer.MODEL_EDGE / longEdge);
    scale = Math.min(scale, (double) capabilities.maxLongEdge() / longEdge);
    double pixels = (double) picture.width() * picture.height() * scale * scale;
    return rung.estimate(
        Math.min(pixels, (double) capabilities.maxPixels()),
        picture.contextLength(),
        (int) picture.styles().stream().filter(capabilities.styles()::contains).count());
  }

  /**
   * A picture to be captioned.
   *
   * @param contextLength characters of what the user tells
   */
  record Subject(
      int width,
      int height,
      int contextLength,
      boolean localOnly,
      Set<CaptionStyle> styles,
      List<String> languages) {}
}
