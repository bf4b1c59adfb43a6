package dev.cutline.core.store;

import java.time.Duration;
import java.util.regex.Pattern;

/** Checks the arguments that all image stores have in common. */
final class StoreKeys {
  private static final int MAX_LENGTH = 512;
  private static final Duration MAX_VALIDITY = Duration.ofDays(7);

  /**
   * Segments with slashes between them, none of dots only: so no key climbs out of a folder or
   * names the folder.
   */
  private static final Pattern KEY =
      Pattern.compile("(?!\\.+(?:/|$))[a-z0-9~_.-]+(?:/(?!\\.+(?:/|$))[a-z0-9~_.-]+)*");

  private StoreKeys() {}

  static String key(String key) {
    if (key.length() > MAX_LENGTH || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key: " + shown(key));
    }
    return key;
  }

  /** Allows the empty prefix, which is that of all keys. */
  static String listPrefix(String prefix) {
    return prefix.isEmpty() ? prefix : deletePrefix(prefix);
  }

  static String deletePrefix(String prefix) {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends in /: " + shown(prefix));
    }
    key(prefix.substring(0, prefix.length() - 1));
    return prefix;
  }

  static int limit(int limit) {
    return limit(limit, 1000);
  }

  static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit is 1 to " + most + ", not " + limit);
    }
    return limit;
  }

  static int keep(int keep) {
    if (keep < 0) {
      throw new IllegalArgumentException("keep is 0 or more, not " + keep);
    }
    return keep;
  }

  static Duration validity(Duration validity) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity is more than zero and at most 7 days, not " + validity);
    }
    return validity;
  }

  /** A key that is refused may hold anything, so it is not printed as it is. */
  private static String shown(String key) {
    StringBuilder shown = new StringBuilder("\"");
    key.codePoints()
        .limit(80)
        .forEach(
            c -> {
              if (c < ' ' || c > '~') {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append('"').toString();
  }
}
