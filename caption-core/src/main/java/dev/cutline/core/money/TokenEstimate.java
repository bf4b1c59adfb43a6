package dev.cutline.core.money;

import dev.cutline.Usage;

/**
 * How many tokens a call will take, before anybody is asked. A rule of thumb, not the tokenizer of
 * the model: for the order of a bill, not for its last digit. Immutable.
 *
 * <ul>
 *   <li>a picture of w by h pixels, as it is shown to the model, is w * h / 750 tokens, rounded up,
 *       or as many as the model takes for any picture;
 *   <li>the prompt is 500 tokens, and what the user tells one token for four characters;
 *   <li>an answer is 20 tokens and 40 for each style;
 *   <li>some models take more tokens for a text.
 * </ul>
 */
public final class TokenEstimate {
  private static final int PIXELS_A_TOKEN = 750;
  private static final int PROMPT_TOKENS = 500;
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int ANSWER_TOKENS = 20;
  private static final int STYLE_TOKENS = 40;
  private static final TokenEstimate USUAL = new TokenEstimate(PIXELS_A_TOKEN, 0, 100);

  private final int pixelsAToken;
  private final int picture;
  private final int textPercent;

  private TokenEstimate(int pixelsAToken, int picture, int textPercent) {
    this.pixelsAToken = pixelsAToken;
    this.picture = picture;
    this.textPercent = textPercent;
  }

  /** Returns the rule for a model of which nothing is known. */
  public static TokenEstimate usual() {
    return USUAL;
  }

  /**
   * Returns the rule for a model that sees so many pixels as one token.
   *
   * @param textPercent tokens of a text, of what is usual
   */
  static TokenEstimate byPixels(int pixelsAToken, int textPercent) {
    return new TokenEstimate(pixelsAToken, 0, textPercent);
  }

  /**
   * Returns the rule for a model that takes any picture for as many tokens.
   *
   * @param textPercent tokens of a text, of what is usual
   */
  static TokenEstimate byPicture(int tokens, int textPercent) {
    return new TokenEstimate(PIXELS_A_TOKEN, tokens, textPercent);
  }

  /**
   * Returns the tokens of one call.
   *
   * @param pixels of the picture as it is sent
   * @param contextLength characters of what the user tells
   * @param styles how many texts are asked for
   */
  public Usage of(double pixels, int contextLength, int styles) {
    long seen = picture > 0 ? picture : (long) Math.ceil(pixels / pixelsAToken);
    return new Usage(
        seen + text(PROMPT_TOKENS + contextLength / CHARACTERS_A_TOKEN),
        text(ANSWER_TOKENS + (long) styles * STYLE_TOKENS));
  }

  /** Returns the tokens of a text, rounded up. */
  private long text(long usual) {
    return (usual * textPercent + 99) / 100;
  }
}
