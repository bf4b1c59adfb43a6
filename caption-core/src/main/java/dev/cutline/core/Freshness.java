package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.core.chain.Rung;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows who writes captions today, and judges those that are there by it. Immutable. */
final class Freshness {
  /** Of the hash: enough for the few models that one collection ever meets. */
  private static final int BYTES = 8;

  private final Map<String, String> originByRung = new HashMap<>();
  private final Set<String> origins;
  private final Set<String> types;
  private final Set<CaptionStyle> styles;
  private final List<String> languages;

  /**
   * @param rungs that are asked today
   * @param styles that are wanted by default
   * @param languages that are wanted by default
   */
  Freshness(List<Rung> rungs, Set<CaptionStyle> styles, List<String> languages) {
    rungs.forEach(rung -> originByRung.put(rung.name(), hash(rung.fingerprint())));
    this.origins = new HashSet<>(originByRung.values());
    this.types = rungs.stream().map(Rung::type).collect(Collectors.toSet());
    this.styles = Set.copyOf(styles);
    this.languages = List.copyOf(languages);
  }

  /** Returns what a version by this rung has as its origin; empty if there is no such rung. */
  Optional<String> origin(String rung) {
    return Optional.ofNullable(originByRung.get(rung));
  }

  /** A version that nobody noted the origin of is judged by the type of provider alone. */
  boolean isStale(CaptionVersion version) {
    if (version.author() == Author.HUMAN) {
      return false;
    }
    return version
        .origin()
        .map(origin -> !origins.contains(origin))
        .or(() -> version.provider().map(type -> !types.contains(type)))
        .orElse(false);
  }

  Staleness of(ImageRecord record) {
    List<String> reasons = new ArrayList<>();
    Set<String> again = new LinkedHashSet<>();
    for (CaptionVersion caption : record.captions()) {
      if (isStale(caption)) {
        again.add(caption.language());
        reasons.add(reason(caption));
      }
    }
    Set<CaptionStyle> wanted = new LinkedHashSet<>(record.styles());
    for (CaptionStyle style : CaptionStyle.values()) {
      if (styles.contains(style) && wanted.add(style)) {
        reasons.add(style.id() + " was never asked for");
        again.addAll(record.languages());
      }
    }
    for (String language : languages) {
      if (!record.languages().contains(language)) {
        reasons.add(language + " was never asked for");
        again.add(language);
      }
    }
    return new Staleness(reasons.stream().distinct().toList(), List.copyOf(again), wanted);
  }

  private static String reason(CaptionVersion caption) {
    return caption.language()
        + " is by "
        + caption.model().or(caption::provider).orElse("another model")
        + caption.promptVersion().map(version -> " with prompt " + version).orElse("")
        + ", which is not asked so today";
  }

  private static String hash(String fingerprint) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(fingerprint.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
