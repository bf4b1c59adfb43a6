package dev.cutline.core.money;

import dev.cutline.Usage;

/**
 * How many tokens a call will take, before anybody is asked. A rule of thumb, not the tokenizer of
 * the model: for the order of a bill, not for its last digit.
 *
 * <ul>
 *   <li>a picture of w by h pixels, as it is shown to the model, is w * h / 750 tokens, rounded up;
 *   <li>the prompt is 500 tokens, and what the user tells one token for four characters;
 *   <li>an answer is 20 tokens and 40 for each style.
 * </ul>
 */
public final class TokenEstimate {
  private static final int PIXELS_A_TOKEN = 750;
  private static final int PROMPT_TOKENS = 500;
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int ANSWER_TOKENS = 20;
  private static final int STYLE_TOKENS = 40;

  private TokenEstimate() {}

  /**
   * Returns the tokens of one call.
   *
   * @param pixels of the picture as it is sent
   * @param contextLength characters of what the user tells
   * @param styles how many texts are asked for
   */
  public static Usage of(double pixels, int contextLength, int styles) {
    long picture = (long) Math.ceil(pixels / PIXELS_A_TOKEN);
    return new Usage(
        picture + PROMPT_TOKENS + contextLength / CHARACTERS_A_TOKEN,
        ANSWER_TOKENS + (long) styles * STYLE_TOKENS);
  }
}
