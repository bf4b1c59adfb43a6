package dev.cutline;

import java.util.Locale;
import java.util.Optional;

/** The texts that a picture can get. The limits are enforced by caption-core on every answer. */
public enum CaptionStyle {
  /** What is to be seen, in at most 10 words. */
  CONCISE,
  /** One or two sentences with some colour. */
  CREATIVE,
  /**
   * Alternative text for who cannot see the picture: at most 125 characters, without "image of".
   */
  ALT;

  /**
   * Returns the name used in settings, JSON and stores: {@code concise}, {@code creative} or {@code
   * alt}.
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the style of an {@linkplain #id() id}, or nothing if there is none. */
  public static Optional<CaptionStyle> ofId(String id) {
    for (CaptionStyle style : values()) {
      if (style.id().equals(id)) {
        return Optional.of(style);
      }
    }
    return Optional.empty();
  }
}
