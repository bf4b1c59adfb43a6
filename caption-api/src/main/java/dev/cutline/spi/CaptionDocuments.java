package dev.cutline.spi;

import dev.cutline.Attempt;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.ReusedFrom;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Captions and answers as documents, in the way of {@link RecordDocuments}, which stores of all
 * kinds share.
 */
public final class CaptionDocuments {
  private CaptionDocuments() {}

  /** Returns a version of a caption as a document. */
  public static Map<String, Object> of(CaptionVersion version) {
    DocumentWriter out = new DocumentWriter();
    item(out, version);
    return out.document();
  }

  /**
   * Returns the version of a caption that a document holds.
   *
   * @throws CorruptDocumentException if it holds none
   */
  public static CaptionVersion version(Map<String, ?> document) {
    return version(DocumentReader.of(document));
  }

  static void item(DocumentWriter out, CaptionVersion version) {
    out.number("number", version.number());
    out.text("style", version.style().id());
    out.text("language", version.language());
    out.text("text", version.text());
    out.flag("decorative", version.isDecorative());
    out.text("author", version.author().name());
    out.text("rung", version.rung().orElse(null));
    out.text("provider", version.provider().orElse(null));
    out.text("model", version.model().orElse(null));
    out.text("promptVersion", version.promptVersion().orElse(null));
    out.text("origin", version.origin().orElse(null));
    money(out, version.costUsd());
    out.number("createdAt", version.createdAt().toEpochMilli());
    if (version.reusedFrom().isPresent()) {
      out.text("reusedFrom", version.reusedFrom().get().imageId());
      out.number("reusedAt", version.reusedFrom().get().distance());
    }
  }

  static CaptionVersion version(DocumentReader in) {
    return CaptionVersion.builder(
            in.whole("number"),
            style(in.text("style")),
            in.text("language"),
            in.text("text"),
            in.constant("author", CaptionVersion.Author.class))
        .decorative(in.flag("decorative"))
        .rung(in.nullableText("rung"))
        .provider(in.nullableText("provider"))
        .model(in.nullableText("model"))
        .promptVersion(in.nullableText("promptVersion"))
        .origin(in.nullableText("origin"))
        .costUsd(money(in))
        .createdAt(Instant.ofEpochMilli(in.whole("createdAt")))
        .reusedFrom(reusedFrom(in))
        .build();
  }

  private static @Nullable ReusedFrom reusedFrom(DocumentReader in) {
    String imageId = in.nullableText("reusedFrom");
    return imageId == null ? null : new ReusedFrom(imageId, (int) in.whole("reusedAt"));
  }

  static void item(DocumentWriter out, CaptionRun run) {
    out.text("language", run.language());
    out.number("at", run.at().toEpochMilli());
    out.text("rung", run.rung().orElse(null));
    out.text("provider", run.provider().orElse(null));
    out.text("model", run.model().orElse(null));
    out.flag("cached", run.isCached());
    out.whole("latencyMs", run.latency().toMillis());
    usage(out, run.usage());
    money(out, run.costUsd());
    out.list("trail", run.trail(), CaptionDocuments::item);
    out.text("failure", run.failure().map(Reason::name).orElse(null));
    out.text("message", run.message().orElse(null));
  }

  static CaptionRun run(DocumentReader in) {
    String failure = in.nullableText("failure");
    return CaptionRun.builder(in.text("language"), Instant.ofEpochMilli(in.whole("at")))
        .rung(in.nullableText("rung"))
        .provider(in.nullableText("provider"))
        .model(in.nullableText("model"))
        .cached(in.flag("cached"))
        .latency(Duration.ofMillis(in.whole("latencyMs")))
        .usage(usage(in))
        .costUsd(money(in))
        .trail(in.list("trail", CaptionDocuments::attempt))
        .failure(
            failure == null ? null : RecordDocuments.constant(failure, Reason.class),
            in.nullableText("message"))
        .build();
  }

  private static void item(DocumentWriter out, Attempt attempt) {
    out.text("rung", attempt.rung());
    out.text("provider", attempt.provider());
    out.text("outcome", attempt.outcome().name());
    out.text("model", attempt.model().orElse(null));
    out.whole("elapsedMs", attempt.elapsed().toMillis());
    usage(out, attempt.usage());
    money(out, attempt.costUsd());
    out.text("message", attempt.message().orElse(null));
    out.text("sentSha256", attempt.sentSha256().orElse(null));
  }

  private static Attempt attempt(DocumentReader in) {
    return Attempt.builder(
            in.text("rung"), in.text("provider"), in.constant("outcome", Outcome.class))
        .model(in.nullableText("model"))
        .elapsed(Duration.ofMillis(in.whole("elapsedMs")))
        .usage(usage(in))
        .costUsd(money(in))
        .message(in.nullableText("message"))
        .sentSha256(in.nullableText("sentSha256"))
        .build();
  }

  /** Returns an answer as a document: what the cache promises to keep, and nothing else. */
  public static Map<String, Object> of(CaptionReply reply) {
    DocumentWriter out = new DocumentWriter();
    out.text("model", reply.model());
    Map<String, String> texts = new LinkedHashMap<>();
    reply.texts().forEach((style, text) -> texts.put(style.id(), text));
    out.textByName("texts", texts);
    out.flag("decorative", reply.isDecorative());
    out.text("promptVersion", reply.promptVersion().orElse(null));
    usage(out, reply.usage());
    out.text("rung", reply.rung().orElse(null));
    out.text("provider", reply.provider().orElse(null));
    return out.document();
  }

  /**
   * Returns the answer that a document holds.
   *
   * @throws CorruptDocumentException if it holds none
   */
  public static CaptionReply reply(Map<String, ?> document) {
    DocumentReader in = DocumentReader.of(document);
    CaptionReply.Builder reply =
        CaptionReply.builder(in.text("model"))
            .decorative(in.flag("decorative"))
            .promptVersion(in.nullableText("promptVersion"))
            .usage(usage(in))
            .rung(in.nullableText("rung"))
            .provider(in.nullableText("provider"));
    in.textByName("texts").forEach((style, text) -> reply.text(style(style), text));
    return reply.build();
  }

  static CaptionStyle style(String id) {
    return CaptionStyle.ofId(id)
        .orElseThrow(() -> new CorruptDocumentException(id + " is no style"));
  }

  private static void usage(DocumentWriter out, Usage usage) {
    out.whole("inputTokens", usage.inputTokens());
    out.whole("outputTokens", usage.outputTokens());
  }

  private static Usage usage(DocumentReader in) {
    return new Usage(in.whole("inputTokens"), in.whole("outputTokens"));
  }

  /** Money is text, because a JSON number would come back as a binary fraction. */
  private static void money(DocumentWriter out, BigDecimal amount) {
    if (amount.signum() != 0) {
      out.text("costUsd", amount.toString());
    }
  }

  private static BigDecimal money(DocumentReader in) {
    String amount = in.nullableText("costUsd");
    try {
      return amount == null ? BigDecimal.ZERO : new BigDecimal(amount);
    } catch (NumberFormatException e) {
      throw new CorruptDocumentException(amount + " is no amount");
    }
  }
}
