package dev.cutline.core;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what captioning gave to the record as it is by then: a person may have edited it
 * meanwhile, or deleted it. Thread-safe.
 */
final class CaptionWriter {
  /** Digits after the point that stores keep of an amount. */
  private static final int CENTS = 9;

  private final Catalogue catalogue;
  private final CaptionRules rules;
  private final Review review;
  private final Freshness freshness;

  CaptionWriter(Catalogue catalogue, CaptionRules rules, Review review, Freshness freshness) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.review = review;
    this.freshness = freshness;
  }

  /**
   * Adds versions, runs, labels and notes, and marks what a person should look at.
   *
   * @param styles that were asked for; those that the record did not want yet are added to it
   * @throws NotFoundException if the picture was deleted meanwhile
   */
  ImageRecord write(
      ImageRecord asked,
      Set<CaptionStyle> styles,
      List<CaptionResult> results,
      LabelStep.Result labels) {
    return catalogue.change(
        asked.owner(), asked.id(), change -> merged(change.record(), styles, results, labels));
  }

  private Catalogue.Change merged(
      ImageRecord current,
      Set<CaptionStyle> styles,
      List<CaptionResult> results,
      LabelStep.Result labels) {
    List<CaptionVersion> added = new ArrayList<>();
    for (CaptionResult result : results) {
      if (result.reply() != null) {
        addVersions(current, result.run(), result.reply(), added);
      }
    }
    ImageRecord.Builder record =
        labels
            .applyTo(current)
            .languages(
                union(current.languages(), results.stream().map(r -> r.run().language()).toList()))
            .styles(Set.copyOf(union(List.copyOf(current.styles()), List.copyOf(styles))))
            .runs(withNewer(current.runs(), results));
    ImageRecord captioned = rules.apply(record.build(), added);
    return new Catalogue.Change(review.judged(current, captioned), added);
  }

  private void addVersions(
      ImageRecord current, CaptionRun run, CaptionReply reply, List<CaptionVersion> added) {
    BigDecimal left = reply.costUsd();
    int texts = reply.texts().size();
    for (Map.Entry<CaptionStyle, String> text : reply.texts().entrySet()) {
      // The shares sum up to the cost: the last one takes what rounding has left.
      BigDecimal share =
          texts == 1 ? left : left.divide(BigDecimal.valueOf(texts), CENTS, RoundingMode.DOWN);
      left = left.subtract(share);
      texts--;
      CaptionVersion version =
          CaptionVersion.builder(
                  current.lastCaptionNumber() + added.size() + 1,
                  text.getKey(),
                  run.language(),
                  text.getValue(),
                  Author.MODEL)
              .decorative(reply.isDecorative())
              .rung(reply.rung().orElse(null))
              .provider(reply.provider().orElse(null))
              .model(reply.model())
              .promptVersion(reply.promptVersion().orElse(null))
              .origin(reply.rung().flatMap(freshness::origin).orElse(null))
              .costUsd(share)
              .createdAt(run.at())
              .build();
      if (!repeats(current, version, reply)) {
        added.add(version);
      }
    }
  }

  /** An earlier answer, used again, that says what is shown already is no news. */
  private static boolean repeats(ImageRecord current, CaptionVersion version, CaptionReply reply) {
    Optional<CaptionVersion> shown = current.caption(version.style(), version.language());
    return reply.isCached()
        && shown
            .filter(
                s ->
                    s.author() == Author.MODEL
                        && s.text().equals(version.text())
                        && s.provider().equals(version.provider())
                        && s.model().equals(version.model())
                        && s.origin().equals(version.origin()))
            .isPresent();
  }

  private static List<CaptionRun> withNewer(List<CaptionRun> runs, List<CaptionResult> results) {
    List<CaptionRun> all = new ArrayList<>(runs);
    for (CaptionResult result : results) {
      all.removeIf(run -> run.language().equals(result.run().language()));
      all.add(result.run());
    }
    return all;
  }

  private static <T> List<T> union(List<T> some, List<T> others) {
    Set<T> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
