package dev.cutline.cli.output;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One page of an export: pictures as cards with their captions. It brings its style along, loads
 * nothing but the thumbnails beside it, and runs no script; its content security policy says so to
 * the browser.
 */
final class HtmlPage {
  /** Stands in every page, so that an export knows its own pages from those of others. */
  static final String GENERATOR = "<meta name=\"generator\" content=\"Cutline\">";

  private final String style;
  private final String styleHash;

  HtmlPage() {
    this.style = readStyle();
    this.styleHash = sha256(style);
  }

  /**
   * Returns a whole page.
   *
   * @param summary what is to be seen, for example {@code 8 pictures}
   * @param cards from {@link #card}
   * @param previous the file of the page before; null on the first
   * @param next the file of the page after; null on the last
   */
  String document(
      String owner,
      String summary,
      String cards,
      @Nullable String previous,
      @Nullable String next,
      LocalDate today) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; img-src 'self' file:; style-src 'sha256-%s'; \
        base-uri 'none'; form-action 'none'">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        %s
        <title>Captions of %s</title>
        <style>%s</style>
        </head>
        <body>
        <header><h1>Captions of <bdi>%s</bdi></h1><p>%s</p></header>
        <main>
        %s</main>
        %s<footer><p>Made with Cutline on %s. The pictures carry no metadata.</p></footer>
        </body>
        </html>
        """
        .formatted(
            styleHash,
            GENERATOR,
            escape(Printable.line(owner)),
            style,
            escape(Printable.line(owner)),
            escape(summary),
            cards,
            navigation(previous, next),
            today);
  }

  /**
   * Returns a picture with its captions in every language that it has.
   *
   * @param thumbnail the address of its thumbnail, relative to the page
   */
  String card(ImageRecord record, String thumbnail) {
    List<Result> results = Result.of(record);
    StringBuilder html = new StringBuilder(2048);
    html.append("<article>\n<div class=\"picture\"><img src=\"")
        .append(escape(thumbnail))
        .append("\" alt=\"")
        .append(escape(alternative(results.get(0))))
        .append("\" loading=\"lazy\" decoding=\"async\"></div>\n");
    record.title().ifPresent(title -> html.append(text("h2", "title", title)));
    results.forEach(result -> appendTexts(html, result));
    record.description().ifPresent(text -> html.append(text("p", "description", text)));
    appendTags(html, record.tags());
    html.append("<p class=\"meta\">");
    record
        .fileName()
        .ifPresent(
            name -> html.append("<bdi>").append(escape(Printable.line(name))).append("</bdi>, "));
    html.append(record.width())
        .append("\u202f×\u202f")
        .append(record.height())
        .append(", <time datetime=\"")
        .append(record.createdAt())
        .append("\">")
        .append(LocalDate.ofInstant(record.createdAt(), ZoneOffset.UTC))
        .append("</time></p>\n</article>\n");
    return html.toString();
  }

  private static void appendTexts(StringBuilder html, Result result) {
    html.append("<section lang=\"").append(escape(result.language().orElse("en"))).append("\">\n");
    result.text(CaptionStyle.CONCISE).ifPresent(text -> html.append(text("p", "concise", text)));
    result.text(CaptionStyle.CREATIVE).ifPresent(text -> html.append(text("p", "creative", text)));
    result
        .text(CaptionStyle.ALT)
        .ifPresent(
            text ->
                html.append("<p class=\"alt\" dir=\"auto\"><span lang=\"en\">Alt text</span> ")
                    .append(text.isEmpty() ? "<i lang=\"en\">decorative</i>" : escape(text))
                    .append("</p>\n"));
    html.append("<p class=\"by\" lang=\"en\">").append(provenance(result)).append("</p>\n");
    html.append("</section>\n");
  }

  private static String provenance(Result result) {
    return switch (result.status()) {
      case CAPTIONED, DESCRIBED ->
          result.origins().stream()
              .map(origin -> badge(origin.kind().name().toLowerCase(Locale.ROOT), origin.text()))
              .collect(Collectors.joining(" "));
      case PENDING -> badge("waiting", "not captioned yet");
      case FAILED, REJECTED ->
          badge(
              "failed",
              "no caption"
                  + result.language().map(language -> " in " + language).orElse("")
                  + ": "
                  + result.reason().map(HtmlPage::words).orElse("unknown"));
    };
  }

  private static String words(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String badge(String kind, String text) {
    return "<span class=\"" + kind + "\">" + escape(Printable.line(text)) + "</span>";
  }

  private static void appendTags(StringBuilder html, List<String> tags) {
    if (tags.isEmpty()) {
      return;
    }
    html.append("<ul class=\"tags\" aria-label=\"Tags\">");
    tags.forEach(tag -> html.append("<li dir=\"auto\">").append(escape(tag)).append("</li>"));
    html.append("</ul>\n");
  }

  private static String alternative(Result result) {
    Optional<String> alt = result.text(CaptionStyle.ALT);
    return alt.or(() -> result.text(CaptionStyle.CONCISE)).orElse("Picture without a caption");
  }

  private static String text(String element, String kind, String text) {
    return "<%1$s class=\"%2$s\" dir=\"auto\">%3$s</%1$s>\n".formatted(element, kind, escape(text));
  }

  private static String navigation(@Nullable String previous, @Nullable String next) {
    if (previous == null && next == null) {
      return "";
    }
    return "<nav aria-label=\"Pages\">"
        + (previous == null ? "" : "<a rel=\"prev\" href=\"" + previous + "\">Newer</a>")
        + (next == null ? "" : "<a rel=\"next\" href=\"" + next + "\">Older</a>")
        + "</nav>\n";
  }

  static String escape(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return html.toString();
  }

  private static String readStyle() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("export.css")) {
      if (in == null) {
        throw new IllegalStateException("export.css is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
