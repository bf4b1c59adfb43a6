package dev.cutline.palette;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.LanguageTags;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Describes colour, light and shape by rule, from the pixels alone. It asks no model and no server,
 * and never says what is in a picture; labels and context are not looked at. The same picture gets
 * the same texts. Thread-safe.
 */
public final class PaletteCaptioner implements Captioner {
  /** Raised whenever the same picture would get another text. */
  private static final String MODEL = "palette-1";

  private static final int LONG_EDGE = 256;

  /** Above, even reading past pixels takes its time; the pipeline takes no larger ones either. */
  private static final long MAX_PIXELS = 50_000_000;

  private static final Set<String> LANGUAGES = Set.of("de", "en", "es", "fr");

  private static final Capabilities CAPABILITIES =
      Capabilities.builder()
          .formats(Set.of(ImageFormat.JPEG, ImageFormat.PNG))
          .maxLongEdge(LONG_EDGE)
          .maxPixels(MAX_PIXELS)
          .languages(LANGUAGES)
          .local(true)
          .model(false)
          .build();

  private final Map<String, Wording> wordings = new ConcurrentHashMap<>();

  private PaletteCaptioner() {}

  /** Returns a captioner; there is nothing to set. */
  public static PaletteCaptioner ofDefaults() {
    return new PaletteCaptioner();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Reasons: {@link Reason#MISCONFIGURED} for a language or format that {@link #capabilities()}
   * does not list, {@link Reason#INVALID_IMAGE} for bytes that cannot be decoded, {@link
   * Reason#IMAGE_LIMIT} above 50 million pixels.
   */
  @Override
  public CaptionReply caption(CaptionRequest request) {
    long start = System.nanoTime();
    Wording wording = wording(request.language());
    if (!CAPABILITIES.formats().contains(request.image().format())) {
      throw new CaptionException(
          Reason.MISCONFIGURED, "palette takes JPEG and PNG, not " + request.image());
    }
    checkStillWanted(request);
    Pixels pixels = Decoder.decode(request.image(), LONG_EDGE, MAX_PIXELS);
    checkStillWanted(request);
    Traits traits = Observer.observe(pixels);
    CaptionReply.Builder reply = CaptionReply.builder(MODEL);
    for (CaptionStyle style : request.styles()) {
      reply.text(style, wording.text(style, traits));
    }
    return reply.elapsed(Duration.ofNanos(System.nanoTime() - start)).build();
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public String toString() {
    return "Palette";
  }

  @Override
  public String fingerprint() {
    return MODEL;
  }

  private Wording wording(String languageTag) {
    if (!CAPABILITIES.speaks(languageTag)) {
      throw new CaptionException(
          Reason.MISCONFIGURED,
          "palette speaks "
              + String.join(", ", new TreeSet<>(LANGUAGES))
              + ", not \""
              + languageTag
              + "\"");
    }
    return wordings.computeIfAbsent(LanguageTags.primary(languageTag), Wording::of);
  }

  /** The work takes milliseconds, so it is enough to look before each half of it. */
  private static void checkStillWanted(CaptionRequest request) {
    if (Thread.currentThread().isInterrupted() || request.isCancelled()) {
      throw new CaptionException(Reason.TIMEOUT, "palette: cancelled");
    }
    if (request.deadline().hasPassed()) {
      throw new CaptionException(Reason.TIMEOUT, "palette: the deadline has passed");
    }
  }
}
