package dev.cutline.core.contract;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What every caption must be, whoever wrote it.
 *
 * <ul>
 *   <li>Concise: at most 10 words (and 160 characters), without a full stop.
 *   <li>Creative: one or two sentences (and at most 600 characters).
 *   <li>Alt: at most 125 characters, and no sentence of it begins with "image of", "this picture
 *       shows" and the like (English, German, French, Spanish). Empty only if the picture is
 *       decorative.
 *   <li>All: in the language asked for, as far as that is sure; one line of plain text in NFC that
 *       begins with a capital. No markdown, HTML, escapes or JSON; no quotation marks around it; no
 *       label, preamble or closing words; no refusal or echo of the prompt; no control, invisible
 *       or direction-changing characters; emoji only in a creative text, at most two.
 * </ul>
 *
 * <p>Characters are Unicode code points. Words and sentences are counted as the language divides
 * them: by blanks where it has them; two Chinese characters are a word, Thai goes by dictionary.
 *
 * <p>A text is repaired where that is safe: wrapping is taken off, a text that is too long is cut
 * after a sentence or before a clause, never within a phrase. Everything else is {@link
 * Reason#MALFORMED_REPLY} or {@link Reason#REFUSED}. What comes out passes through again unchanged.
 */
public final class OutputContract {
  private static final TextContract TEXTS = new TextContract();
  private static final LanguageCheck LANGUAGES = new LanguageCheck();

  private OutputContract() {}

  /**
   * Returns the reply with the texts of {@code styles}, and no others, in a form that meets the
   * contract. An alt text that is there outweighs a claim that the picture is decorative.
   *
   * @param language of the texts, as a BCP 47 tag
   * @throws CaptionException with the reply's usage: {@link Reason#MALFORMED_REPLY} if a text is
   *     missing or cannot be repaired safely, {@link Reason#REFUSED} if it is a refusal in words
   */
  public static CaptionReply check(CaptionReply reply, Set<CaptionStyle> styles, String language) {
    Map<CaptionStyle, String> texts = new EnumMap<>(CaptionStyle.class);
    boolean decorative = false;
    for (CaptionStyle style : styles) {
      try {
        texts.put(style, TEXTS.repair(reply.text(style).orElse(""), style, language));
      } catch (Breach e) {
        if (style != CaptionStyle.ALT || !reply.isDecorative() || !e.isNothing()) {
          throw CaptionException.builder(e.reason(), style.id() + ": " + e.message())
              .usage(reply.usage())
              .build();
        }
        decorative = true;
        texts.put(style, "");
      }
    }
    LANGUAGES
        .fault(texts.values(), language)
        .ifPresent(
            instead -> {
              throw CaptionException.builder(
                      Reason.MALFORMED_REPLY, "written in " + instead + " instead of " + language)
                  .usage(reply.usage())
                  .build();
            });
    return reply.toBuilder().texts(texts).decorative(decorative).build();
  }

  /**
   * Returns what a failure comes to: a model that refuses often forgets the form that was asked for
   * as well, and then its words are {@link Reason#REFUSED} and not {@link Reason#MALFORMED_REPLY}.
   *
   * @param language that was asked for, as a BCP 47 tag
   */
  public static CaptionException judge(CaptionException failure, String language) {
    if (failure.reason() != Reason.MALFORMED_REPLY
        || failure.answer().filter(answer -> TEXTS.isRefusal(answer, language)).isEmpty()) {
      return failure;
    }
    return CaptionException.builder(Reason.REFUSED, "the model refuses in words")
        .usage(failure.usage())
        .answer(failure.answer().get())
        .cause(failure)
        .build();
  }
}
