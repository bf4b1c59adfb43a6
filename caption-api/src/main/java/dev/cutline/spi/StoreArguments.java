package dev.cutline.spi;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Checks the arguments that all stores have in common, so that what one refuses none takes. Every
 * method returns what it was given, or throws {@link IllegalArgumentException}.
 */
public final class StoreArguments {
  private static final int MAX_LENGTH = 512;
  private static final Duration MAX_VALIDITY = Duration.ofDays(7);

  /**
   * Segments with slashes between them, none of dots only: so no key climbs out of a folder or
   * names the folder.
   */
  private static final Pattern KEY =
      Pattern.compile("(?!\\.+(?:/|$))[a-z0-9~_.-]+(?:/(?!\\.+(?:/|$))[a-z0-9~_.-]+)*");

  private StoreArguments() {}

  /** Takes the key of an object: the form that {@link dev.cutline.ImageStore} names. */
  public static String key(String key) {
    if (key.length() > MAX_LENGTH || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key: " + shown(key));
    }
    return key;
  }

  /** Takes a prefix to list; the empty one is that of all keys. */
  public static String listPrefix(String prefix) {
    return prefix.isEmpty() ? prefix : deletePrefix(prefix);
  }

  /** Takes a prefix to delete: a key and a slash, so never that of all keys. */
  public static String deletePrefix(String prefix) {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends in /: " + shown(prefix));
    }
    key(prefix.substring(0, prefix.length() - 1));
    return prefix;
  }

  /** Takes the length of a page: 1 to 1000. */
  public static int limit(int limit) {
    return limit(limit, 1000);
  }

  /** Takes the length of a page: 1 to {@code most}. */
  public static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit is 1 to " + most + ", not " + limit);
    }
    return limit;
  }

  /** Takes how many to keep: 0 or more. */
  public static int keep(int keep) {
    if (keep < 0) {
      throw new IllegalArgumentException("keep is 0 or more, not " + keep);
    }
    return keep;
  }

  /** Takes how long an address is valid: more than zero, at most 7 days. */
  public static Duration validity(Duration validity) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity is more than zero and at most 7 days, not " + validity);
    }
    return validity;
  }

  /**
   * Takes a text that UTF-8 can express. Half of a surrogate pair cannot be; drivers make a
   * question mark of it, and two owners would be one.
   *
   * @param what begins the message
   */
  public static String unicode(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            what + " is no Unicode text: half of a surrogate pair at index " + i);
      }
    }
    return text;
  }

  /** Like {@link #unicode}, for a text of at most {@code maxLength} characters. */
  public static String unicode(String text, int maxLength, String what) {
    if (text.length() > maxLength) {
      throw new IllegalArgumentException(
          what + " has at most " + maxLength + " characters, not " + text.length());
    }
    return unicode(text, what);
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
