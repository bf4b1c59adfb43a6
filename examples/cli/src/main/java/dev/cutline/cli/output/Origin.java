package dev.cutline.cli.output;

import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import java.util.Optional;

/**
 * Where a text comes from, so that nobody takes a rule's words for a model's or a person's for
 * either's.
 *
 * @param kind who wrote it
 * @param text the same in words
 */
record Origin(Kind kind, String text) {
  /** The one provider that asks no model; see its module. */
  private static final String RULE = "palette";

  enum Kind {
    MODEL,
    RULE,
    PERSON
  }

  static Origin of(CaptionVersion version) {
    if (version.author() == Author.HUMAN) {
      return new Origin(Kind.PERSON, "by a person");
    }
    Optional<String> provider = version.provider();
    if (provider.filter(RULE::equals).isPresent()) {
      return new Origin(Kind.RULE, "described by rule, no model");
    }
    String model = version.model().map(name -> ", " + name).orElse("");
    return new Origin(Kind.MODEL, provider.map(name -> name + model).orElse("captioned"));
  }
}
