package dev.cutline.core;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.core.chain.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which captions of a record are shown and what state that leaves it in. A person's text
 * wins over a model's, a model's over a description by rule, and otherwise the newer one.
 * Immutable.
 */
final class CaptionRules {
  private final Set<String> modelTypes;
  private final Set<String> ruleTypes;

  /**
   * Makes rules that know who is a model.
   *
   * @param modelTypes provider ids of rungs where a model looks at the picture
   * @param ruleTypes provider ids of rungs that describe by rule
   */
  CaptionRules(Set<String> modelTypes, Set<String> ruleTypes) {
    this.modelTypes = Set.copyOf(modelTypes);
    this.ruleTypes = Set.copyOf(ruleTypes);
  }

  /** Returns the rules for what these rungs write. */
  static CaptionRules of(List<Rung> rungs) {
    return new CaptionRules(types(rungs, true), types(rungs, false));
  }

  /**
   * Returns the record with what is shown once {@code added} are there, its last number, and its
   * state.
   */
  ImageRecord apply(ImageRecord record, List<CaptionVersion> added) {
    List<CaptionVersion> shown = new ArrayList<>(record.captions());
    long last = record.lastCaptionNumber();
    for (CaptionVersion version : added) {
      last = Math.max(last, version.number());
      Optional<CaptionVersion> current = find(shown, version.style(), version.language());
      if (current.isEmpty() || wins(version, current.get(), record)) {
        current.ifPresent(shown::remove);
        shown.add(version);
      }
    }
    shown.sort(
        Comparator.comparingInt((CaptionVersion v) -> position(record, v.language()))
            .thenComparing(CaptionVersion::language)
            .thenComparing(CaptionVersion::style));
    return record.toBuilder()
        .captions(shown)
        .lastCaptionNumber(last)
        .captionState(state(record, shown))
        .build();
  }

  private static Set<String> types(List<Rung> rungs, boolean model) {
    return rungs.stream()
        .filter(rung -> rung.capabilities().isModel() == model)
        .map(Rung::type)
        .collect(Collectors.toSet());
  }

  private boolean wins(CaptionVersion later, CaptionVersion shown, ImageRecord record) {
    if (later.author() == Author.HUMAN) {
      return true;
    }
    if (shown.author() == Author.HUMAN) {
      return false;
    }
    return !isByRule(later, record) || isByRule(shown, record);
  }

  private CaptionState state(ImageRecord record, List<CaptionVersion> shown) {
    CaptionState worst = CaptionState.CAPTIONED;
    for (String language : record.languages()) {
      worst = worse(worst, state(record, shown, language));
    }
    return worst;
  }

  private CaptionState state(ImageRecord record, List<CaptionVersion> shown, String language) {
    List<CaptionVersion> texts = shown.stream().filter(v -> v.language().equals(language)).toList();
    boolean all = texts.stream().map(CaptionVersion::style).toList().containsAll(record.styles());
    boolean anyByMachine = texts.stream().anyMatch(v -> v.author() == Author.MODEL);
    if (all || anyByMachine) {
      boolean byRuleOnly = texts.stream().allMatch(v -> isByRule(v, record));
      return byRuleOnly ? CaptionState.DESCRIBED : CaptionState.CAPTIONED;
    }
    return record
        .run(language)
        .flatMap(CaptionRun::failure)
        .filter(reason -> !reason.isPassing())
        .map(reason -> CaptionState.FAILED)
        .orElse(CaptionState.PENDING);
  }

  /**
   * Tells whether a text describes by rule. A provider that is no longer configured is judged by
   * what the record was before.
   */
  boolean isByRule(CaptionVersion version, ImageRecord record) {
    if (version.author() == Author.HUMAN) {
      return false;
    }
    String type = version.provider().orElse("");
    if (ruleTypes.contains(type) || modelTypes.contains(type)) {
      return !modelTypes.contains(type);
    }
    return record.captionState() == CaptionState.DESCRIBED;
  }

  private static CaptionState worse(CaptionState one, CaptionState other) {
    return severity(one) >= severity(other) ? one : other;
  }

  private static int severity(CaptionState state) {
    return switch (state) {
      case CAPTIONED -> 0;
      case DESCRIBED -> 1;
      case PENDING -> 2;
      case FAILED -> 3;
    };
  }

  private static int position(ImageRecord record, String language) {
    int index = record.languages().indexOf(language);
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  private static Optional<CaptionVersion> find(
      List<CaptionVersion> captions, CaptionStyle style, String language) {
    return captions.stream()
        .filter(v -> v.style() == style && v.language().equals(language))
        .findFirst();
  }
}
