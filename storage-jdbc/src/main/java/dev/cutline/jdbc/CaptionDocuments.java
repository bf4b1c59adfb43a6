package dev.cutline.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.Attempt;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.ReusedFrom;
import dev.cutline.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Captions, runs and answers as JSON. */
final class CaptionDocuments {
  private CaptionDocuments() {}

  static String write(CaptionVersion version) {
    return Json.write(out -> fields(out, version));
  }

  static CaptionVersion version(String document) {
    return version(Json.read(document));
  }

  static void item(JsonGenerator out, CaptionVersion version) throws IOException {
    out.writeStartObject();
    fields(out, version);
    out.writeEndObject();
  }

  private static void fields(JsonGenerator out, CaptionVersion version) throws IOException {
    out.writeNumberField("number", version.number());
    out.writeStringField("style", version.style().id());
    out.writeStringField("language", version.language());
    out.writeStringField("text", version.text());
    Json.flag(out, "decorative", version.isDecorative());
    out.writeStringField("author", version.author().name());
    Json.text(out, "rung", version.rung().orElse(null));
    Json.text(out, "provider", version.provider().orElse(null));
    Json.text(out, "model", version.model().orElse(null));
    Json.text(out, "promptVersion", version.promptVersion().orElse(null));
    Json.text(out, "origin", version.origin().orElse(null));
    money(out, version.costUsd());
    out.writeNumberField("createdAt", version.createdAt().toEpochMilli());
    if (version.reusedFrom().isPresent()) {
      out.writeStringField("reusedFrom", version.reusedFrom().get().imageId());
      out.writeNumberField("reusedAt", version.reusedFrom().get().distance());
    }
  }

  static CaptionVersion version(JsonObject in) {
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

  private static @Nullable ReusedFrom reusedFrom(JsonObject in) {
    String imageId = in.nullableText("reusedFrom");
    return imageId == null ? null : new ReusedFrom(imageId, (int) in.whole("reusedAt"));
  }

  static void item(JsonGenerator out, CaptionRun run) throws IOException {
    out.writeStartObject();
    out.writeStringField("language", run.language());
    out.writeNumberField("at", run.at().toEpochMilli());
    Json.text(out, "rung", run.rung().orElse(null));
    Json.text(out, "provider", run.provider().orElse(null));
    Json.text(out, "model", run.model().orElse(null));
    Json.flag(out, "cached", run.isCached());
    Json.whole(out, "latencyMs", run.latency().toMillis());
    usage(out, run.usage());
    money(out, run.costUsd());
    Json.array(out, "trail", run.trail(), CaptionDocuments::item);
    Json.text(out, "failure", run.failure().map(Reason::name).orElse(null));
    Json.text(out, "message", run.message().orElse(null));
    out.writeEndObject();
  }

  static CaptionRun run(JsonObject in) {
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
            failure == null ? null : JsonObject.constantOf(failure, Reason.class),
            in.nullableText("message"))
        .build();
  }

  private static void item(JsonGenerator out, Attempt attempt) throws IOException {
    out.writeStartObject();
    out.writeStringField("rung", attempt.rung());
    out.writeStringField("provider", attempt.provider());
    out.writeStringField("outcome", attempt.outcome().name());
    Json.text(out, "model", attempt.model().orElse(null));
    Json.whole(out, "elapsedMs", attempt.elapsed().toMillis());
    usage(out, attempt.usage());
    money(out, attempt.costUsd());
    Json.text(out, "message", attempt.message().orElse(null));
    Json.text(out, "sentSha256", attempt.sentSha256().orElse(null));
    out.writeEndObject();
  }

  private static Attempt attempt(JsonObject in) {
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

  /** Keeps what the cache promises to keep, and nothing else. */
  static String write(CaptionReply reply) {
    return Json.write(
        out -> {
          out.writeStringField("model", reply.model());
          out.writeObjectFieldStart("texts");
          for (Map.Entry<CaptionStyle, String> text : reply.texts().entrySet()) {
            out.writeStringField(text.getKey().id(), text.getValue());
          }
          out.writeEndObject();
          Json.flag(out, "decorative", reply.isDecorative());
          Json.text(out, "promptVersion", reply.promptVersion().orElse(null));
          usage(out, reply.usage());
          Json.text(out, "rung", reply.rung().orElse(null));
          Json.text(out, "provider", reply.provider().orElse(null));
        });
  }

  static CaptionReply reply(String document) {
    JsonObject in = Json.read(document);
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

  private static void usage(JsonGenerator out, Usage usage) throws IOException {
    Json.whole(out, "inputTokens", usage.inputTokens());
    Json.whole(out, "outputTokens", usage.outputTokens());
  }

  private static Usage usage(JsonObject in) {
    return new Usage(in.whole("inputTokens"), in.whole("outputTokens"));
  }

  /** Money is text, because a JSON number would come back as a binary fraction. */
  private static void money(JsonGenerator out, BigDecimal amount) throws IOException {
    if (amount.signum() != 0) {
      out.writeStringField("costUsd", amount.toString());
    }
  }

  private static BigDecimal money(JsonObject in) {
    String amount = in.nullableText("costUsd");
    try {
      return amount == null ? BigDecimal.ZERO : new BigDecimal(amount);
    } catch (NumberFormatException e) {
      throw new CorruptDocumentException(amount + " is no amount");
    }
  }
}
