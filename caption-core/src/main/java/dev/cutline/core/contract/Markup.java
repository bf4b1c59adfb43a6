package dev.cutline.core.contract;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes out what is written for a machine: HTML, markdown, escapes, the tokens of a model. Groups
 * that repeat without bound are possessive: others take stack for every round.
 */
final class Markup {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /** What none of the following is written without, besides {@link #RULE_SIGNS} and quotes. */
  private static final Signs SIGNS = new Signs("&<>{}[]\\*_#`~|\n");

  private static final Signs RULE_SIGNS = new Signs("-=:|*_ \t");
  private static final Signs QUOTES = new Signs("\"'");

  private static final Map<String, Pattern> CLOSING =
      Stream.of("think", "thinking", "reasoning", "scratchpad", "script", "style")
          .collect(
              Collectors.toUnmodifiableMap(
                  name -> name, name -> Pattern.compile("</" + name + "\\s{0,9}>", FLAGS)));

  private static final Pattern PAGE =
      Pattern.compile("<(?:!doctype|html|head|body|\\?xml)\\b", FLAGS);
  private static final Pattern JSON =
      Pattern.compile(
          "^[\\s`]*(?:json)?\\s*[\\[{]\\s*[\"{\\[]|[{}]|[\"']\\s*(?:concise|creative|alt)[\"']\\s*:",
          FLAGS);
  private static final Pattern THOUGHT =
      Pattern.compile("<(think(?:ing)?|reasoning|scratchpad)>", FLAGS);
  private static final Pattern END_OF_THOUGHT =
      Pattern.compile("</(?:think(?:ing)?|reasoning|scratchpad)>", FLAGS);
  private static final Pattern SCRIPT = Pattern.compile("<(script|style)\\b[^<>]{0,500}>", FLAGS);
  private static final Pattern END_TOKEN =
      Pattern.compile(
          "(?:<\\|(?:im_end|eot_id|endoftext|end_of_text|end)\\|>|</s>|<eos>).*", FLAGS);
  private static final Pattern TOKEN =
      Pattern.compile("<\\|[^|>]{0,40}\\|>|\\[/?INST]|<</?SYS>>", FLAGS);
  private static final Pattern LINE_BREAK =
      Pattern.compile("<(?:br|/p|/div|/li|/h\\d)\\b[^<>]{0,500}>", FLAGS);
  private static final Pattern TAG = Pattern.compile("</?[a-z!][^<>]{0,500}>", FLAGS);
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));", FLAGS);
  private static final Pattern ESCAPED_LINE = Pattern.compile("\\\\[nrt](?![\\p{L}])|\\\\n");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
  private static final Pattern FENCE =
      Pattern.compile("(?m)^[ \\t]*(?:```|~~~)\\w*[ \\t]*$|```\\w*\\n|```|~~~");
  private static final Pattern IMAGE_OR_LINK =
      Pattern.compile("!?\\[([^\\[\\]\\n]{0,300})]\\((?:[^()\\n]{0,300})\\)");
  private static final Pattern BROKEN_LINK = Pattern.compile("](?:\\([^\\s()]*+\\)?)++");
  private static final Pattern REFERENCE = Pattern.compile("\\[\\^?\\d{1,3}]");
  private static final Pattern HEADING =
      Pattern.compile("(?m)^[ \\t]{0,3}(?:#{1,6}(?=\\s|$)|>+)[ \\t]*");
  private static final Pattern END_OF_HEADING = Pattern.compile("(?m)(?<=\\S)[ \\t]#{1,6}[ \\t]?$");
  private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*+[-*_=|:][-*_=|: \\t]{2,}+$");
  private static final Pattern BULLET_STAR = Pattern.compile("(?m)^[ \\t]*\\*[ \\t]+");
  private static final Pattern EMPHASIS =
      Pattern.compile("\\*+|`+|~~|__+|(?<![\\p{L}\\p{N}])_(?=\\S)|(?<=\\S)_(?![\\p{L}\\p{N}])");
  private static final Pattern HASHTAG = Pattern.compile("#(?=\\p{L})");
  private static final Pattern ANGLES = Pattern.compile("[<>]+");

  private Markup() {}

  static String strip(String text) throws Breach {
    boolean inQuotes = QUOTES.anyIn(text) && text.indexOf(':') >= 0;
    if (!inQuotes && !SIGNS.anyIn(text) && !mayBeRule(text)) {
      return text;
    }
    String plain = ENTITY.matcher(text).replaceAll(Markup::entity);
    plain = html(plain);
    if (JSON.matcher(plain).find()) {
      throw Breach.malformed("JSON, not a caption");
    }
    return markdown(escapes(plain));
  }

  private static boolean mayBeRule(String text) {
    return !text.isEmpty() && RULE_SIGNS.has(text.charAt(0));
  }

  private static String html(String text) throws Breach {
    if (text.indexOf('<') < 0 && text.indexOf("[") < 0) {
      return text;
    }
    if (PAGE.matcher(text).find()) {
      throw Breach.malformed("a web page, not a caption");
    }
    String plain = withoutThoughts(text);
    plain = withoutElements(plain, SCRIPT, " ");
    plain = END_TOKEN.matcher(plain).replaceFirst("");
    plain = TOKEN.matcher(plain).replaceAll(" ");
    plain = LINE_BREAK.matcher(plain).replaceAll("\n");
    return TAG.matcher(plain).replaceAll("");
  }

  private static String withoutThoughts(String text) throws Breach {
    String plain = withoutElements(text, THOUGHT, "");
    int start = 0;
    Matcher end = END_OF_THOUGHT.matcher(plain);
    while (end.find()) {
      start = end.end();
    }
    plain = plain.substring(start);
    if (THOUGHT.matcher(plain).find()) {
      throw Breach.malformed("thoughts that never end in a caption");
    }
    return plain;
  }

  /**
   * Returns the text without the elements that {@code opening} begins and a tag of its first
   * group's name ends. By hand, because a pattern would look for the end of each anew, and an
   * answer can begin hundreds that never end.
   */
  private static String withoutElements(String text, Pattern opening, String replacement) {
    StringBuilder kept = new StringBuilder();
    Set<String> endless = new HashSet<>();
    Matcher matcher = opening.matcher(text);
    int at = 0;
    while (matcher.find()) {
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (matcher.start() < at || endless.contains(name)) {
        continue;
      }
      Matcher closing = Objects.requireNonNull(CLOSING.get(name)).matcher(text);
      if (!closing.find(matcher.end())) {
        endless.add(name);
        continue;
      }
      kept.append(text, at, matcher.start()).append(replacement);
      at = closing.end();
    }
    return kept.append(text, at, text.length()).toString();
  }

  private static String entity(MatchResult entity) {
    String decimal = entity.group(1);
    String hex = entity.group(2);
    if (decimal != null) {
      return character(Integer.parseInt(decimal));
    }
    if (hex != null) {
      return character(Integer.parseInt(hex, 16));
    }
    return switch (entity.group(3).toLowerCase(Locale.ROOT)) {
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      case "nbsp" -> " ";
      case "ndash" -> "–";
      case "mdash" -> "—";
      case "hellip" -> "…";
      case "lsquo" -> "‘";
      case "rsquo" -> "’";
      case "ldquo" -> "“";
      case "rdquo" -> "”";
      case "lt" -> "<";
      case "gt" -> ">";
      default -> Matcher.quoteReplacement(entity.group());
    };
  }

  private static String character(int codePoint) {
    if (!Character.isValidCodePoint(codePoint)) {
      return "";
    }
    return Matcher.quoteReplacement(Character.toString(codePoint));
  }

  /** JSON that was encoded twice leaves its escapes behind. */
  private static String escapes(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    String plain =
        ESCAPE.matcher(text).replaceAll(each -> character(Integer.parseInt(each.group(1), 16)));
    plain = ESCAPED_LINE.matcher(plain).replaceAll("\n");
    return plain.replace("\\", "");
  }

  private static String markdown(String text) {
    String plain = FENCE.matcher(text).replaceAll("\n");
    plain = IMAGE_OR_LINK.matcher(plain).replaceAll("$1");
    plain = BROKEN_LINK.matcher(plain).replaceAll(" ");
    plain = REFERENCE.matcher(plain).replaceAll("");
    plain = HEADING.matcher(plain).replaceAll("");
    plain = END_OF_HEADING.matcher(plain).replaceAll("");
    plain = RULE.matcher(plain).replaceAll("");
    plain = BULLET_STAR.matcher(plain).replaceAll("• ");
    plain = EMPHASIS.matcher(plain).replaceAll("");
    plain = withoutHashtagsAtEnd(plain);
    plain = HASHTAG.matcher(plain).replaceAll("");
    plain = plain.replace('|', ' ');
    return ANGLES.matcher(plain).replaceAll("");
  }

  /** By hand: a pattern would try every hashtag as the first of the last ones. */
  private static String withoutHashtagsAtEnd(String text) {
    int end = endWithoutBlanks(text, text.length());
    int start = startOfHashtag(text, end);
    if (start < 0) {
      return text;
    }
    while (start >= 0) {
      end = endWithoutBlanks(text, start);
      start = startOfHashtag(text, end);
    }
    return text.substring(0, end);
  }

  private static int endWithoutBlanks(String text, int end) {
    int last = end;
    while (last > 0 && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  /** Returns where a hashtag begins that ends at {@code end}; -1 if none does. */
  private static int startOfHashtag(String text, int end) {
    int start = end;
    while (start > 0 && isTagged(text.charAt(start - 1))) {
      start--;
    }
    if (start == end || start == 0 || text.charAt(start - 1) != '#') {
      return -1;
    }
    return start == 1 || Character.isWhitespace(text.charAt(start - 2)) ? start - 1 : -1;
  }

  private static boolean isTagged(char c) {
    return c == '_' || Character.isSurrogate(c) || Segments.isLetterOrNumber(c);
  }
}
