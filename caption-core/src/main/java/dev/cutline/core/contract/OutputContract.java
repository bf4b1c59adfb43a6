package dev.cutline.core.contract;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What every caption must be, whoever wrote it. */
public final class OutputContract {
  private OutputContract() {}

  /**
   * Returns the reply with texts that meet the contract.
   *
   * @throws CaptionException {@link Reason#MALFORMED_REPLY} or {@link Reason#REFUSED}
   */
  public static CaptionReply check(CaptionReply reply, Set<CaptionStyle> styles, String language) {
    Map<CaptionStyle, String> texts = new EnumMap<>(CaptionStyle.class);
    for (CaptionStyle style : styles) {
      String text = reply.text(style).orElse("").strip();
      if (text.isEmpty() && !(style == CaptionStyle.ALT && reply.isDecorative())) {
        throw new CaptionException(Reason.MALFORMED_REPLY, style.id() + ": no text");
      }
      texts.put(style, text);
    }
    return reply.toBuilder().texts(texts).build();
  }
}
