package dev.cutline.bedrock;

/**
 * What a captioner does when it is made, beside whatever else happens, so that the first caption
 * need not wait for it. Nothing of it fails the making, and no picture is sent.
 */
public enum WarmUp {
  /** Nothing: the first caption opens the connection. */
  OFF,
  /**
   * Looks for credentials and opens a connection, by a question that costs nothing ({@code
   * ListAsyncInvokes}). Whether it is allowed does not matter.
   */
  CONNECTION,
  /**
   * Has the model answer a few words with one token, which is paid for, in the way that captions
   * will be asked for: it learns which {@link Strategy} the model takes, and a schema is compiled.
   */
  MODEL
}
