package dev.cutline.core.contract;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out what is written for a machine: HTML, markdown, escapes, the tokens of a model. Groups
 * that repeat without bound are possessive: others take stack for every round.
 */
final class Markup {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  private static final Pattern PAGE =
      Pattern.compile("<(?:!doctype|html|head|body|\\?xml)\\b", FLAGS);
  private static final Pattern JSON =
      Pattern.compile(
          "^[\\s`]*(?:json)?\\s*[\\[{]\\s*[\"{\\[]|[{}]|[\"']\\s*(?:concise|creative|alt)[\"']\\s*:",
          FLAGS);
  private static final Pattern THOUGHT =
      Pattern.compile("<(think(?:ing)?|reasoning|scratchpad)>.*?</\\1>", FLAGS);
  private static final Pattern OPEN_THOUGHT =
      Pattern.compile("<(?:think(?:ing)?|reasoning|scratchpad)>", FLAGS);
  private static final Pattern END_OF_THOUGHT =
      Pattern.compile("^.*</(?:think(?:ing)?|reasoning|scratchpad)>", FLAGS);
  private static final Pattern SCRIPT =
      Pattern.compile("<(script|style)\\b[^>]*>.*?</\\1\\s*>", FLAGS);
  private static final Pattern END_TOKEN =
      Pattern.compile(
          "(?:<\\|(?:im_end|eot_id|endoftext|end_of_text|end)\\|>|</s>|<eos>).*", FLAGS);
  private static final Pattern TOKEN =
      Pattern.compile("<\\|[^|>]{0,40}\\|>|\\[/?INST]|<</?SYS>>", FLAGS);
  private static final Pattern LINE_BREAK =
      Pattern.compile("<(?:br|/p|/div|/li|/h\\d)\\b[^>]*>", FLAGS);
  private static final Pattern TAG = Pattern.compile("</?[a-z!][^<>]{0,500}>", FLAGS);
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));", FLAGS);
  private static final Pattern ESCAPED_LINE = Pattern.compile("\\\\[nrt](?![\\p{L}])|\\\\n");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
  private static final Pattern FENCE =
      Pattern.compile("(?m)^\\s*(?:```|~~~)\\w*\\s*$|```\\w*\\n|```|~~~");
  private static final Pattern IMAGE_OR_LINK =
      Pattern.compile("!?\\[([^\\[\\]\\n]{0,300})]\\((?:[^()\\n]{0,300})\\)");
  private static final Pattern BROKEN_LINK = Pattern.compile("](?:\\([^\\s()]*+\\)?)++");
  private static final Pattern REFERENCE = Pattern.compile("\\[\\^?\\d{1,3}]");
  private static final Pattern HEADING = Pattern.compile("(?m)^\\s{0,3}(?:#{1,6}(?=\\s|$)|>+)\\s*");
  private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*+[-*_=|:][-*_=|: \\t]{2,}+$");
  private static final Pattern BULLET_STAR = Pattern.compile("(?m)^\\s*\\*\\s+");
  private static final Pattern EMPHASIS =
      Pattern.compile("\\*+|`+|~~|__+|(?<![\\p{L}\\p{N}])_(?=\\S)|(?<=\\S)_(?![\\p{L}\\p{N}])");
  private static final Pattern TRAILING_HASHTAGS =
      Pattern.compile("(?:(?:^|\\s)\\s*+#[\\p{L}\\p{N}_]++)++\\s*+$");
  private static final Pattern HASHTAG = Pattern.compile("#(?=\\p{L})");
  private static final Pattern ANGLES = Pattern.compile("[<>]+");

  private Markup() {}

  static String strip(String text) throws Breach {
    String plain = ENTITY.matcher(text).replaceAll(Markup::entity);
    if (PAGE.matcher(plain).find()) {
      throw Breach.malformed("a web page, not a caption");
    }
    plain = withoutThoughts(plain);
    plain = SCRIPT.matcher(plain).replaceAll(" ");
    plain = END_TOKEN.matcher(plain).replaceFirst("");
    plain = TOKEN.matcher(plain).replaceAll(" ");
    plain = LINE_BREAK.matcher(plain).replaceAll("\n");
    plain = TAG.matcher(plain).replaceAll("");
    if (JSON.matcher(plain).find()) {
      throw Breach.malformed("JSON, not a caption");
    }
    plain = escapes(plain);
    return markdown(plain);
  }

  private static String withoutThoughts(String text) throws Breach {
    String plain = THOUGHT.matcher(text).replaceAll("");
    plain = END_OF_THOUGHT.matcher(plain).replaceAll("");
    if (OPEN_THOUGHT.matcher(plain).find()) {
      throw Breach.malformed("thoughts that never end in a caption");
    }
    return plain;
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
    plain = RULE.matcher(plain).replaceAll("");
    plain = BULLET_STAR.matcher(plain).replaceAll("• ");
    plain = EMPHASIS.matcher(plain).replaceAll("");
    plain = TRAILING_HASHTAGS.matcher(plain).replaceAll("");
    plain = HASHTAG.matcher(plain).replaceAll("");
    plain = plain.replace('|', ' ');
    return ANGLES.matcher(plain).replaceAll("");
  }
}
