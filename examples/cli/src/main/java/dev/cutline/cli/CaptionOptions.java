package dev.cutline.cli;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which captions are wanted. */
final class CaptionOptions {
  @Option(
      names = "--styles",
      paramLabel = "STYLE",
      split = ",",
      description = "concise, creative, alt (default: cutline.styles, all three).")
  private List<String> styles = List.of();

  @Option(
      names = "--language",
      paramLabel = "TAG",
      split = ",",
      description =
          "Languages of the captions, such as en,pt-BR (default: cutline.language, en). Models"
              + " know many; the built-in palette knows de, en, es and fr.")
  private List<String> languages = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "Pictures at work at once (default: one a processor; at least 4 if a rung is remote).")
  private @Nullable Integer concurrency;

  /** Returns the styles named on the command line; empty if none are. */
  Set<CaptionStyle> namedStyles() {
    return styles("--styles", styles);
  }

  /** Returns the languages named on the command line; empty if none are. */
  List<String> namedLanguages() {
    return languages("--language", languages);
  }

  Set<CaptionStyle> stylesOr(Settings settings) {
    return styles.isEmpty()
        ? styles("cutline.styles", split(settings, "cutline.styles", "concise,creative,alt"))
        : namedStyles();
  }

  List<String> languagesOr(Settings settings) {
    return languages.isEmpty()
        ? languages("cutline.language", split(settings, "cutline.language", "en"))
        : namedLanguages();
  }

  /**
   * Refuses languages that no rung speaks: a picture would wait for them for ever.
   *
   * @throws UsageException if there is one
   */
  static void checkSpoken(Cutline cutline, List<String> languages) {
    for (String language : languages) {
      if (cutline.rungs().stream().noneMatch(rung -> rung.capabilities().speaks(language))) {
        String known =
            cutline.rungs().stream()
                .map(
                    rung ->
                        rung.name()
                            + " "
                            + String.join(", ", new TreeSet<>(rung.capabilities().languages())))
                .collect(Collectors.joining("; "));
        throw new UsageException(
            "language \"%s\": no provider in use writes it (%s); name one that does by cutline.providers"
                .formatted(language, known));
      }
    }
  }

  /** Returns how many pictures may be at work at once: waiting for an answer takes no processor. */
  int concurrency(Cutline cutline) {
    if (concurrency == null) {
      boolean remote = cutline.rungs().stream().anyMatch(rung -> !rung.capabilities().isLocal());
      int processors = Runtime.getRuntime().availableProcessors();
      return remote ? Math.max(4, processors) : processors;
    }
    if (concurrency < 1 || concurrency > 256) {
      throw new UsageException("--concurrency is 1 to 256, not " + concurrency);
    }
    return concurrency;
  }

  private static List<String> split(Settings settings, String key, String defaultValue) {
    return List.of(settings.find(key).orElse(defaultValue).split(",", -1));
  }

  private static Set<CaptionStyle> styles(String where, List<String> names) {
    Set<CaptionStyle> found = EnumSet.noneOf(CaptionStyle.class);
    for (String name : names) {
      found.add(
          CaptionStyle.ofId(name.strip())
              .orElseThrow(
                  () ->
                      new UsageException(
                          where + ": \"" + name + "\" is none of concise, creative, alt")));
    }
    return found;
  }

  private static List<String> languages(String where, List<String> tags) {
    List<String> canonical = new ArrayList<>();
    for (String tag : tags) {
      try {
        canonical.add(LanguageTags.canonical(tag.strip()));
      } catch (IllegalArgumentException e) {
        throw new UsageException(where + ": " + e.getMessage());
      }
    }
    return canonical.stream().distinct().toList();
  }
}
