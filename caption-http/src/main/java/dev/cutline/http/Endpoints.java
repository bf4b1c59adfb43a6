package dev.cutline.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Works with the addresses of servers. */
public final class Endpoints {
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Endpoints() {}

  /**
   * Returns the address of a path below a base, one slash between them, the base's query kept.
   *
   * @param path for example {@code chat/completions}; percent-encoded where it has to be
   */
  public static URI below(URI base, String path) {
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    String start = withoutQuery(base).toString().replaceFirst("/+$", "");
    return URI.create(start + "/" + path.replaceFirst("^/+", "") + query);
  }

  /**
   * Returns the address of a path below a base that may or may not end in its version, as users
   * write both.
   *
   * @param version for example {@code v1} or {@code openai/v1}; a base that ends in its last
   *     segment has it
   */
  public static URI below(URI base, String version, String path) {
    String start = base.getRawPath() == null ? "" : base.getRawPath();
    String last = version.substring(version.lastIndexOf('/') + 1);
    boolean versioned = start.replaceFirst("/+$", "").endsWith("/" + last);
    return below(base, versioned ? path : version + "/" + path);
  }

  /** Returns a text so encoded that it is one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Tells whether an address is on this machine by its name alone: {@code localhost}, 127.0.0.0/8
   * or {@code ::1}.
   */
  public static boolean isLoopback(URI uri) {
    if (uri.getHost() == null) {
      return false;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || LOOPBACK_V4.matcher(host).matches();
  }

  /**
   * Returns scheme, host, port and path: what may be shown of an address. User names and queries
   * can be secrets.
   */
  public static URI withoutQuery(URI uri) {
    String authority =
        uri.getRawAuthority() == null ? "" : uri.getRawAuthority().replaceFirst("^.*@", "");
    return URI.create(
        uri.getScheme() + "://" + authority + (uri.getRawPath() == null ? "" : uri.getRawPath()));
  }
}
