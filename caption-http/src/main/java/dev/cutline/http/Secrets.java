package dev.cutline.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a request must not show in any message, should the server repeat it: keys, and what the
 * address holds besides its place. Immutable.
 */
final class Secrets {
  /** A shorter secret is no secret, and striking it out would spoil the answer. */
  private static final int SHORTEST = 6;

  private final List<Pattern> patterns;

  private Secrets(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Returns the secrets of a request.
   *
   * @param uri whose user name, password and query are secrets, save Azure's {@code api-version}
   * @param keys that stand in headers
   */
  static Secrets of(URI uri, Collection<String> keys) {
    List<String> all = new ArrayList<>(keys);
    Optional.ofNullable(uri.getRawUserInfo()).ifPresent(user -> addParts(user, ":", all));
    Optional.ofNullable(uri.getUserInfo()).ifPresent(user -> addParts(user, ":", all));
    Optional.ofNullable(uri.getRawQuery()).ifPresent(query -> addValues(query, all));
    Optional.ofNullable(uri.getQuery()).ifPresent(query -> addValues(query, all));
    return new Secrets(
        all.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .distinct()
            .map(Secrets::pattern)
            .toList());
  }

  /** Returns the text with each secret struck out, the ways to write it in JSON included. */
  String withoutThem(String text) {
    String clean = text;
    for (Pattern pattern : patterns) {
      clean = pattern.matcher(clean).replaceAll("***");
    }
    return clean;
  }

  private static void addParts(String text, String separator, List<String> parts) {
    parts.addAll(List.of(text.split(separator, -1)));
  }

  private static void addValues(String query, List<String> values) {
    for (String parameter : query.split("&", -1)) {
      if (!parameter.startsWith("api-version=")) {
        values.add(parameter.substring(parameter.indexOf('=') + 1));
      }
    }
  }

  private static Pattern pattern(String secret) {
    return Pattern.compile(
        secret
            .chars()
            .mapToObj(
                c ->
                    "(?:\\\\?"
                        + Pattern.quote(Character.toString(c))
                        + String.format(Locale.ROOT, "|\\\\u(?i:%04x))", c))
            .collect(Collectors.joining()));
  }
}
