package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionStyle;
import dev.cutline.Usage;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.TokenEstimate;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.Renderer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses what captions would take if the first rung that may serve always answered: tokens by
 * {@link TokenEstimate}, 3 s for a remote model, 6 s for a local one, 50 ms and no tokens for a
 * description by rule.
 */
final class Estimator {
  private static final Duration REMOTE = Duration.ofSeconds(3);
  private static final Duration LOCAL = Duration.ofSeconds(6);
  private static final Duration BY_RULE = Duration.ofMillis(50);

  private final List<Rung> rungs;

  Estimator(List<Rung> rungs) {
    this.rungs = List.copyOf(rungs);
  }

  Estimate estimate(
      ImageInfo info, Upload upload, Set<CaptionStyle> styles, List<String> languages) {
    Estimate sum = new Estimate(1, 0, 0, 0, BigDecimal.ZERO, true, Duration.ZERO);
    for (String language : languages) {
      Optional<Rung> rung =
          rungs.stream().filter(r -> serves(r.capabilities(), upload, language)).findFirst();
      if (rung.isPresent()) {
        sum = sum.plus(call(rung.get(), info, upload, styles));
      }
    }
    return sum;
  }

  private static boolean serves(Capabilities capabilities, Upload upload, String language) {
    return capabilities.speaks(language) && (capabilities.isLocal() || !upload.isLocalOnly());
  }

  private static Estimate call(Rung rung, ImageInfo info, Upload upload, Set<CaptionStyle> styles) {
    Capabilities capabilities = rung.capabilities();
    Duration time = !capabilities.isModel() ? BY_RULE : capabilities.isLocal() ? LOCAL : REMOTE;
    Usage usage = capabilities.isModel() ? usage(capabilities, info, upload, styles) : Usage.NONE;
    return new Estimate(
        0,
        1,
        usage.inputTokens(),
        usage.outputTokens(),
        rung.prices().cost(usage, 1, time),
        !capabilities.isModel() || capabilities.isLocal() || !rung.prices().areZero(),
        time);
  }

  private static Usage usage(
      Capabilities capabilities, ImageInfo info, Upload upload, Set<CaptionStyle> styles) {
    double scale = Math.min(1, (double) Renderer.MODEL_EDGE / longEdge(info));
    scale = Math.min(scale, (double) capabilities.maxLongEdge() / longEdge(info));
    double pixels = (double) info.width() * info.height() * scale * scale;
    return TokenEstimate.of(
        Math.min(pixels, (double) capabilities.maxPixels()),
        upload.context().map(String::length).orElse(0),
        (int) styles.stream().filter(capabilities.styles()::contains).count());
  }

  private static int longEdge(ImageInfo info) {
    return Math.max(info.width(), info.height());
  }
}
