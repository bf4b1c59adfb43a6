package dev.cutline.prompt.chat;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What one chat server turned out not to take. Which server and model take a schema or a reasoning
 * effort cannot be known beforehand, so both are sent where they are usual and left out from the
 * first refusal on. Only what we chose to send is left out; what the user set stays, and its
 * refusal is the user's to mend. One per captioner; thread-safe.
 */
public final class ChatAdaptation {
  private volatile ChatOptions options;

  /** Starts with all of {@code initial}. */
  public ChatAdaptation(ChatOptions initial) {
    this.options = Objects.requireNonNull(initial, "initial");
  }

  /** Returns what to send now. */
  public ChatOptions options() {
    return options;
  }

  /**
   * Takes in that the server refused a request as wrong.
   *
   * @param sent the options of that request
   * @param problem what the server said, as it came
   * @return whether the same request is worth another call, because it will go without what was
   *     refused
   */
  public boolean learn(ChatOptions sent, String problem) {
    for (Feature feature : Feature.values()) {
      if (sent.unasked().contains(feature) && feature.names.matcher(problem).find()) {
        synchronized (this) {
          options = options.without(feature);
        }
        return true;
      }
    }
    return false;
  }

  /** What a request can go without. */
  public enum Feature {
    /** {@code reasoning_effort}; without it the model thinks as much as is its habit. */
    REASONING_EFFORT("reasoning[_ ]?effort|reasoning\\.effort"),
    /** {@code response_format}; without it the prompt alone asks for JSON. */
    JSON_SCHEMA("response_?format|json_?schema|structured[_ ]outputs?|guided|grammar");

    /** How servers name it when they refuse it. */
    private final Pattern names;

    Feature(String names) {
      this.names = Pattern.compile(names, Pattern.CASE_INSENSITIVE);
    }
  }
}
