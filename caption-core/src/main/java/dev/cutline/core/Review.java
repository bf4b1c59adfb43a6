package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.core.grounding.Agreement;
import dev.cutline.core.grounding.Grounding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a person should look at what models wrote: because it names what no label
 * supports, or says something quite different from what a model said before; or at the picture,
 * because moderation is concerned. Only the styles that say plainly what is there are judged; a
 * creative text may have its images. Costs no call. Thread-safe.
 */
final class Review {
  /** What its notes start with, so that a newer one takes the place of an older one. */
  private static final String NOTE = "review: ";

  private final CaptionRules rules;
  private final boolean on;
  private final Grounding grounding = new Grounding();
  private final Agreement agreement = new Agreement();

  /**
   * @param on whether captions are judged at all
   */
  Review(CaptionRules rules, boolean on) {
    this.rules = rules;
    this.on = on;
  }

  /**
   * Returns the record marked for review or not, with notes that say why; as it is if the new
   * captions cannot be judged.
   *
   * @param before with what was shown until now
   * @param after with what is shown now, and the labels
   */
  ImageRecord judged(ImageRecord before, ImageRecord after) {
    List<String> doubts = new ArrayList<>(concerns(before, after));
    boolean judged = !before.labels().containsAll(concerns(after));
    if (!on) {
      return judged ? marked(after, doubts) : after;
    }
    for (String language : after.languages()) {
      if (!Grounding.isJudged(language)) {
        continue;
      }
      List<CaptionVersion> now = plain(after, language);
      List<CaptionVersion> earlier = plain(before, language);
      Set<String> unsupported = unsupported(now, after);
      if (!unsupported.isEmpty()) {
        doubts.add("no label supports " + String.join(", ", unsupported));
      }
      if (!now.equals(earlier)) {
        if (agreement.isMissing(text(earlier), text(now), language)) {
          doubts.add("a model said something quite different before");
        }
        judged |= !after.labels().isEmpty() || !earlier.isEmpty();
      }
    }
    return judged ? marked(after, doubts) : after;
  }

  /** Returns the record without any mark: a person has looked. */
  static ImageRecord done(ImageRecord record) {
    return marked(record, List.of());
  }

  private static ImageRecord marked(ImageRecord record, List<String> doubts) {
    List<String> notes = otherNotes(record);
    doubts.forEach(doubt -> notes.add(NOTE + doubt));
    return record.toBuilder().needsReview(!doubts.isEmpty()).notes(notes).build();
  }

  private static List<String> otherNotes(ImageRecord record) {
    return record.notes().stream()
        .filter(note -> !note.startsWith(NOTE))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Label> concerns(ImageRecord record) {
    return record.labels().stream().filter(Label::isConcern).toList();
  }

  /** What moderation has found now, and what it found before if nobody has looked since. */
  private static List<String> concerns(ImageRecord before, ImageRecord after) {
    List<String> doubts = new ArrayList<>();
    for (Label label : concerns(after)) {
      String doubt = "moderation found " + label.name();
      if (!before.labels().contains(label) || before.notes().contains(NOTE + doubt)) {
        doubts.add(doubt);
      }
    }
    return doubts;
  }

  private Set<String> unsupported(List<CaptionVersion> captions, ImageRecord record) {
    Set<String> unsupported = new LinkedHashSet<>();
    for (CaptionVersion caption : captions) {
      unsupported.addAll(
          grounding.unsupported(caption.text(), caption.language(), record.labels()));
    }
    return unsupported;
  }

  /** Returns what models wrote plainly and is shown. */
  private List<CaptionVersion> plain(ImageRecord record, String language) {
    return record.captions().stream()
        .filter(caption -> caption.language().equals(language))
        .filter(caption -> caption.style() != CaptionStyle.CREATIVE)
        .filter(caption -> caption.author() == Author.MODEL && !rules.isByRule(caption, record))
        .toList();
  }

  private static String text(List<CaptionVersion> captions) {
    return captions.stream().map(CaptionVersion::text).collect(Collectors.joining(". "));
  }
}
