package dev.cutline.core.contract;

import dev.cutline.CaptionStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one line of an answer of several: takes the caption of the style that was asked for where
 * several are labelled, the first where several are listed, and drops what announces them.
 */
final class Lines {
  private static final Pattern LINE = Pattern.compile("\n");
  private static final Pattern ITEM =
      Pattern.compile("^(?:[-+•‣◦▪●·–—]|\\(?(?:\\d{1,2}|[a-c])[.):](?!\\d))\\s+");
  private static final Pattern FIRST_ITEM = Pattern.compile("^(?:[-+•‣◦▪●·–—]|\\(?1[.)])\\s+");
  private static final String ENDS = ".!?…,;:。！？、，；：)\"”»」–—-";

  private final Map<CaptionStyle, Pattern> labels = new EnumMap<>(CaptionStyle.class);
  private final Pattern labelWithin;
  private final Pattern announcement;
  private final PhraseIndex closing;

  Lines(Phrases phrases, Pattern announcement, PhraseIndex closing) {
    this.announcement = announcement;
    this.closing = closing;
    for (CaptionStyle style : CaptionStyle.values()) {
      labels.put(
          style,
          Phrases.compile("^" + phrases.anyOf(kind(style)) + "\\s*(?:[:：]|\\s[-–—]\\s)\\s*"));
    }
    // Two labelled captions on one line: each gets a line of its own.
    this.labelWithin =
        Phrases.compile(
            "(?<=[.!?;,\"”)/])\\s*(?="
                + phrases.anyOf(
                    kind(CaptionStyle.CONCISE), kind(CaptionStyle.CREATIVE), kind(CaptionStyle.ALT))
                + "\\s*[:：])");
  }

  String toOne(String text, CaptionStyle style) {
    String separated = mayBeLabelled(text) ? labelWithin.matcher(text).replaceAll("\n") : text;
    if (separated.indexOf('\n') < 0) {
      return withoutItem(separated.strip());
    }
    List<String> lines =
        LINE.splitAsStream(separated).map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() > 1) {
      lines = firstListed(ofStyle(withoutWhatSpeaksToTheUser(lines), style));
    } else if (!lines.isEmpty()) {
      lines = List.of(withoutItem(lines.get(0)));
    }
    return join(lines);
  }

  private static String withoutItem(String line) {
    boolean letter = !line.isEmpty() && Character.isLetter(line.charAt(0));
    return letter ? line : FIRST_ITEM.matcher(line).replaceFirst("");
  }

  private static boolean mayBeLabelled(String text) {
    return text.indexOf(':') >= 0 || text.indexOf('：') >= 0;
  }

  private List<String> withoutWhatSpeaksToTheUser(List<String> lines) {
    int start = 0;
    int end = lines.size();
    while (end - start > 1 && isAnnouncement(lines.get(start))) {
      start++;
    }
    while (end - start > 1 && closing.begins(lines.get(end - 1))) {
      end--;
    }
    return lines.subList(start, end);
  }

  /** An announcement, with nothing of the caption behind its colon. */
  private boolean isAnnouncement(String line) {
    Matcher matcher = announcement.matcher(line);
    return matcher.find() && matcher.end() == line.length();
  }

  private List<String> ofStyle(List<String> lines, CaptionStyle style) {
    List<String> own = new ArrayList<>();
    List<String> unlabelled = new ArrayList<>();
    CaptionStyle current = null;
    boolean labelled = false;
    for (String line : lines) {
      String bare = ITEM.matcher(line).replaceFirst("");
      CaptionStyle label = labelOf(bare);
      labelled |= label != null;
      current = label == null ? current : label;
      String content = label == null ? line : withoutLabel(bare, label);
      if (content.isBlank()) {
        continue;
      }
      if (current == null) {
        unlabelled.add(content);
      } else if (current == style) {
        own.add(content);
      }
    }
    if (!labelled) {
      return lines;
    }
    return own.isEmpty() ? unlabelled : own;
  }

  private @Nullable CaptionStyle labelOf(String line) {
    for (Map.Entry<CaptionStyle, Pattern> label : labels.entrySet()) {
      if (label.getValue().matcher(line).find()) {
        return label.getKey();
      }
    }
    return null;
  }

  private String withoutLabel(String line, CaptionStyle style) {
    Pattern label = labels.get(style);
    return label == null ? line : label.matcher(line).replaceFirst("");
  }

  private static List<String> firstListed(List<String> lines) {
    List<String> items = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String line : lines) {
      String bare = ITEM.matcher(line).replaceFirst("");
      (bare.length() < line.length() ? items : others).add(bare);
    }
    if (items.isEmpty() || !others.isEmpty()) {
      return others;
    }
    return items.subList(0, 1);
  }

  private static String join(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (!text.isEmpty()) {
        boolean endsSentence =
            ENDS.indexOf(text.charAt(text.length() - 1)) < 0
                && Character.isUpperCase(line.codePointAt(0));
        text.append(endsSentence ? ". " : " ");
      }
      text.append(line);
    }
    return text.toString();
  }

  private static String kind(CaptionStyle style) {
    return "style-" + style.id();
  }
}
