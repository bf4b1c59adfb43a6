package dev.cutline;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of one part and remembers everything that is wrong with them, keys that nobody
 * asked for included. Every method returns a usable value, so that reading goes on to the end;
 * {@link #finish()} then throws once, with all problems.
 *
 * <pre>{@code
 * SettingsReader in = SettingsReader.of(settings);
 * String model = in.required("model", "the model to ask, for example gpt-6-luna");
 * int maxTokens = in.integer("max-tokens", 400, 1, 100_000);
 * in.finish();
 * }</pre>
 *
 * <p>Not safe for several threads.
 */
public final class SettingsReader {
  private final Settings settings;

  /** The keys that somebody reads, as they are spelt, by their normalised names. */
  private final Map<String, String> known = new TreeMap<>();

  /** The keys beside ours that somebody else has read: they are not here, but may be meant. */
  private final Map<String, String> elsewhere;

  private final List<String> problems = new ArrayList<>();
  private boolean restIsRead;

  private SettingsReader(Settings settings) {
    this.settings = settings;
    this.elsewhere = settings instanceof UnreadSettings unread ? unread.read() : Map.of();
  }

  /**
   * Returns a reader whose messages put {@link Settings#prefix()} before each key, so that a user
   * finds it where it was written.
   */
  public static SettingsReader of(Settings settings) {
    return new SettingsReader(settings);
  }

  /** Returns the text of a key, or nothing. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(raw(key));
  }

  /**
   * Returns the text of a key if all of it matches a pattern, or nothing.
   *
   * @param what what belongs there, with an example; it ends the message
   */
  public Optional<String> matching(String key, Pattern pattern, String what) {
    String value = raw(key);
    if (value != null && !pattern.matcher(value).matches()) {
      problem(key, "\"" + value + "\" is not " + what);
      return Optional.empty();
    }
    return Optional.ofNullable(value);
  }

  public String text(String key, String defaultValue) {
    String value = raw(key);
    return value == null ? defaultValue : value;
  }

  /**
   * Returns the text of a key that has to be set; an empty text and a problem if it is not.
   *
   * @param what what belongs there, with an example; it ends the message
   */
  public String required(String key, String what) {
    String value = raw(key);
    if (value == null) {
      problem(key, "is missing: set it to " + what);
      return "";
    }
    return value;
  }

  /** Returns a duration of at least {@code min} and at most {@code max}. */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
    return ranged(key, SettingValues::duration, defaultValue, min, max);
  }

  public int integer(String key, int defaultValue, int min, int max) {
    return ranged(key, SettingValues::integer, defaultValue, min, max);
  }

  public long whole(String key, long defaultValue, long min, long max) {
    return ranged(key, SettingValues::whole, defaultValue, min, max);
  }

  /** Returns a number that is not negative, or nothing. */
  public Optional<BigDecimal> amount(String key) {
    BigDecimal value = parsed(key, SettingValues::decimal);
    if (value != null && value.signum() < 0) {
      problem(key, value + " is negative");
      return Optional.empty();
    }
    return Optional.ofNullable(value);
  }

  /** Returns a number of at least 0 and at most {@code max}, or nothing. */
  public Optional<BigDecimal> amount(String key, BigDecimal max) {
    Optional<BigDecimal> value = amount(key);
    if (value.isPresent() && value.get().compareTo(max) > 0) {
      problem(key, value.get() + " is not between 0 and " + max);
      return Optional.empty();
    }
    return value;
  }

  public boolean bool(String key, boolean defaultValue) {
    Boolean value = parsed(key, SettingValues::bool);
    return value == null ? defaultValue : value;
  }

  /** Returns an {@code http} or {@code https} address without a slash at its end, or nothing. */
  public Optional<URI> uri(String key) {
    URI value = parsed(key, SettingValues::uri);
    return value == null ? Optional.empty() : Optional.of(withoutSlash(value));
  }

  public URI uri(String key, URI defaultValue) {
    return uri(key).orElse(defaultValue);
  }

  /** Returns a secret, or nothing. */
  public Optional<Secret> secret(String key) {
    return Optional.ofNullable(raw(key)).map(value -> Secret.of(value, () -> settings.renew(key)));
  }

  /**
   * Returns a secret.
   *
   * @param defaultReference where it is looked for if the key is not set, for example {@code
   *     env:OPENAI_API_KEY}
   */
  public Optional<Secret> secret(String key, String defaultReference) {
    return secret(key)
        .or(
            () ->
                Optional.ofNullable(resolved(key, defaultReference))
                    .filter(value -> !value.isBlank())
                    .map(Secret::of));
  }

  private @Nullable String resolved(String key, String reference) {
    try {
      return settings.resolve(reference);
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> problem(key, problem));
      return null;
    }
  }

  /** Like {@link #secret}, with a problem if it is found neither here nor there. */
  public Secret requiredSecret(String key, String defaultReference) {
    int before = problems.size();
    Optional<Secret> secret = secret(key, defaultReference);
    if (secret.isEmpty() && problems.size() == before) {
      String variable = defaultReference.replaceFirst("^env:", "");
      problem(key, "is missing: set it, or the environment variable " + variable);
    }
    return secret.orElseGet(() -> Secret.of(""));
  }

  /** Returns a constant of an enum by its name in lower case with dashes. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
    String value = raw(key);
    if (value == null) {
      return defaultValue;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = Settings.normalise(constant.name()).replace('.', '-');
      if (name.equals(value)) {
        return constant;
      }
      names.add(name);
    }
    problem(key, "\"" + value + "\" is none of " + String.join(", ", names));
    return defaultValue;
  }

  /**
   * Returns the items of a list with commas between them, without blanks and repetitions, in order.
   */
  public List<String> list(String key, String defaultValue) {
    Set<String> items = new LinkedHashSet<>();
    for (String item : text(key, defaultValue).split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }

  /** Notes what is wrong with the value of a key; the key stands before the message. */
  public void problem(String key, String message) {
    problems.add(settings.prefix() + key + ": " + message);
  }

  /** Takes over the problems of a part that was read apart. */
  public void problems(InvalidSettingsException other) {
    problems.addAll(other.problems());
  }

  /** Leaves keys that start with {@code keyPrefix} to somebody else. */
  public SettingsReader ignore(String keyPrefix) {
    know(keyPrefix + "*");
    return this;
  }

  /**
   * Returns what was not read here, for the one who reads it: keys that this reader does not know
   * are unknown only if that one does not know them either.
   */
  public Settings rest() {
    restIsRead = true;
    return new UnreadSettings(settings, known);
  }

  /**
   * Ends reading.
   *
   * @throws InvalidSettingsException with all problems, if there is any; unknown keys are problems
   *     too
   */
  public void finish() {
    if (!restIsRead) {
      settings.keys().stream()
          .filter(key -> !isKnown(Settings.normalise(key)))
          .forEach(key -> problem(key, "unknown key" + suggestion(key)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  private boolean isKnown(String key) {
    return known.containsKey(key)
        || known.keySet().stream()
            .anyMatch(k -> k.endsWith("*") && key.startsWith(k.substring(0, k.length() - 1)));
  }

  private String suggestion(String key) {
    String normalised = Settings.normalise(key);
    Map<String, String> candidates = new TreeMap<>(elsewhere);
    candidates.putAll(known);
    candidates.keySet().removeIf(candidate -> candidate.endsWith("*"));
    return nearest(normalised, candidates.keySet())
        .map(meant -> "; did you mean " + settings.prefix() + candidates.get(meant) + "?")
        .orElse("");
  }

  /**
   * Returns what somebody who wrote {@code name} may have meant: the nearest of {@code known}, two
   * letters away at most; nothing if there is none.
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(candidate, name) <= 2)
        .min(Comparator.comparingInt(candidate -> distance(candidate, name)));
  }

  private void know(String key) {
    known.put(Settings.normalise(key), key);
  }

  /** Levenshtein distance, with an exchange of neighbours counted as two. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private @Nullable String raw(String key) {
    know(key);
    try {
      return settings.get(key);
    } catch (InvalidSettingsException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private <T> @Nullable T parsed(String key, Function<String, SettingValues.Parsed<T>> parser) {
    String text = raw(key);
    if (text == null) {
      return null;
    }
    SettingValues.Parsed<T> parsed = parser.apply(text);
    if (parsed.value() == null) {
      problem(key, parsed.problem());
    }
    return parsed.value();
  }

  private <T extends Comparable<T>> T ranged(
      String key, Function<String, SettingValues.Parsed<T>> parser, T defaultValue, T min, T max) {
    T value = parsed(key, parser);
    if (value == null) {
      return defaultValue;
    }
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      problem(key, value + " is not between " + min + " and " + max);
      return defaultValue;
    }
    return value;
  }

  private static URI withoutSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? URI.create(text.replaceFirst("/+$", "")) : uri;
  }
}
