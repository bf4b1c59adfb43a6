package dev.cutline.core.contract;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import dev.cutline.Reason;
import java.util.Set;

/**
 * Repairs one text until there is nothing left to repair: so what comes out would pass through
 * unchanged. The steps of one pass stand in {@link #pass} in their order. Thread-safe.
 */
final class TextContract {
  /** Longer than this is a document, and not searched for a caption. */
  private static final int LONGEST_ANSWER = 2_000;

  /** More passes than any layers of wrapping that a model has been seen to put around a caption. */
  private static final int MOST_PASSES = 12;

  private static final String GERMAN = "de";

  private static final Set<String> DOTTED_I = Set.of("tr", "az");

  private final Chatter chatter;
  private final Lines lines;
  private final Frames frames;
  private final Faults faults;
  private final Limits limits;
  private final PhraseIndex abbreviation;
  private final PhraseIndex germanAbbreviation;

  TextContract() {
    Phrases phrases = Phrases.load();
    this.chatter = new Chatter(phrases);
    this.lines = new Lines(phrases, chatter.announcement(), chatter.closing());
    this.frames = new Frames(phrases);
    this.faults = new Faults(phrases);
    this.limits = new Limits(phrases);
    this.abbreviation = phrases.indexBefore("\\.$", "abbreviation");
    this.germanAbbreviation = phrases.indexBefore("\\.$", "abbreviation", "ordinal");
  }

  /**
   * Returns the text as the contract wants it.
   *
   * @throws Breach if that cannot be had safely
   */
  String repair(String text, CaptionStyle style, String language) throws Breach {
    if (text.length() > LONGEST_ANSWER) {
      throw Breach.malformed(text.length() + " characters, which is no caption");
    }
    String primary = LanguageTags.primary(language);
    Segments segments =
        new Segments(language, primary.equals(GERMAN) ? germanAbbreviation : abbreviation);
    boolean dottedI = DOTTED_I.contains(primary);
    String before = text;
    for (int i = 0; i < MOST_PASSES; i++) {
      String after = pass(before, style, segments, dottedI);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    throw Breach.malformed("wrapped too often to be unwrapped");
  }

  /** Tells whether a text of any form is a refusal. */
  boolean isRefusal(String text, String language) {
    try {
      repair(text, CaptionStyle.CREATIVE, language);
      return false;
    } catch (Breach e) {
      return e.reason() == Reason.REFUSED;
    }
  }

  private String pass(String text, CaptionStyle style, Segments segments, boolean dottedI)
      throws Breach {
    String plain = Characters.clean(text);
    plain = Markup.strip(plain);
    plain = Emoji.limit(plain, style);
    plain = Characters.clean(plain); // entities and escapes may have stood for anything
    faults.checkAnswer(plain);
    String line = lines.toOne(plain, style);
    line = Quotes.strip(Tidy.up(line));
    if (!line.equals(plain)) {
      faults.checkAnswer(line);
    }
    String said = chatter.strip(line, segments);
    if (!said.equals(line)) { // a refusal that is announced as a caption is one
      faults.checkAnswer(said);
    }
    line = frames.strip(Tidy.up(said), segments);
    line = Capitals.atStart(line, dottedI);
    faults.checkCaption(line);
    line = limits.fit(line, style, segments);
    if (style == CaptionStyle.ALT && frames.remain(line, segments)) {
      throw Breach.malformed("says that it is a picture");
    }
    return line;
  }
}
