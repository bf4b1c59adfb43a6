package dev.cutline.core;

import dev.cutline.Attempt;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.ReusedFrom;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Captions as bytes: a word that says what it is, a checksum over the rest, the fields one after
 * the other. Read by this version of the library and written by this version: it bridges minutes,
 * not years.
 */
final class UnwrittenFormat {
  private static final long MAGIC = 0x43_55_54_43_41_50L;

  /** Changes with the fields: what another version has written is not guessed at. */
  private static final long VERSION = 1;

  private static final long HEAD = MAGIC << Short.SIZE | VERSION;
  private static final String FOREIGN = "captions that another version of this library has kept";

  private UnwrittenFormat() {}

  static byte[] write(Unwritten captions) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try {
      new Writer(new DataOutputStream(fields)).unwritten(captions);
      CRC32 checksum = new CRC32();
      checksum.update(fields.toByteArray());
      DataOutputStream out = new DataOutputStream(whole);
      out.writeLong(HEAD);
      out.writeLong(checksum.getValue());
      fields.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes whatever is written", e);
    }
    return whole.toByteArray();
  }

  /**
   * Returns what was written.
   *
   * @throws IOException if it is damaged
   * @throws StoreException if another version of this library has written it
   */
  static Unwritten read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (bytes.length < 2 * Long.BYTES) {
      throw new IOException("cut off");
    }
    long head = in.readLong();
    if (head >>> Short.SIZE != MAGIC) {
      throw new IOException("something else");
    }
    if (head != HEAD) {
      throw new StoreException(Kind.CORRUPT, FOREIGN);
    }
    long expected = in.readLong();
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 2 * Long.BYTES, bytes.length - 2 * Long.BYTES);
    if (checksum.getValue() != expected) {
      throw new IOException("damaged");
    }
    try {
      return new Reader(in).unwritten();
    } catch (IllegalArgumentException e) { // a constant that this version does not know
      throw new StoreException(Kind.CORRUPT, FOREIGN, e);
    }
  }

  private record Writer(DataOutputStream out) {
    /** Writes one thing. */
    private interface One<T> {
      void write(T value) throws IOException;
    }

    void unwritten(Unwritten captions) throws IOException {
      text(captions.owner());
      text(captions.imageId());
      list(List.copyOf(captions.styles()), style -> text(style.id()));
      list(
          captions.results(),
          result -> {
            run(result.run());
            nullable(result.reply(), this::reply);
          });
      nullable(captions.labels().labels(), labels -> list(labels, this::label));
      nullable(captions.labels().note(), this::text);
    }

    private void run(CaptionRun run) throws IOException {
      text(run.language());
      instant(run.at());
      optional(run.rung(), this::text);
      optional(run.provider(), this::text);
      optional(run.model(), this::text);
      out.writeBoolean(run.isCached());
      duration(run.latency());
      usage(run.usage());
      text(run.costUsd().toString());
      list(run.trail(), this::attempt);
      optional(run.failure(), reason -> text(reason.name()));
      optional(run.message(), this::text);
    }

    private void reply(CaptionReply reply) throws IOException {
      text(reply.model());
      list(
          List.copyOf(reply.texts().entrySet()),
          text -> {
            text(text.getKey().id());
            text(text.getValue());
          });
      out.writeBoolean(reply.isDecorative());
      optional(reply.promptVersion(), this::text);
      usage(reply.usage());
      duration(reply.elapsed());
      optional(reply.rung(), this::text);
      optional(reply.provider(), this::text);
      out.writeBoolean(reply.isCached());
      text(reply.costUsd().toString());
      list(reply.trail(), this::attempt);
      optional(reply.reusedFrom(), this::reusedFrom);
    }

    private void reusedFrom(ReusedFrom from) throws IOException {
      text(from.imageId());
      out.writeInt(from.distance());
    }

    private void attempt(Attempt attempt) throws IOException {
      text(attempt.rung());
      text(attempt.provider());
      text(attempt.outcome().name());
      optional(attempt.model(), this::text);
      duration(attempt.elapsed());
      usage(attempt.usage());
      text(attempt.costUsd().toString());
      optional(attempt.message(), this::text);
      optional(attempt.sentSha256(), this::text);
    }

    private void label(Label label) throws IOException {
      text(label.name());
      out.writeDouble(label.confidence());
      list(label.parents(), this::text);
      list(
          label.boxes(),
          box -> {
            out.writeDouble(box.left());
            out.writeDouble(box.top());
            out.writeDouble(box.width());
            out.writeDouble(box.height());
          });
    }

    private void usage(Usage usage) throws IOException {
      out.writeLong(usage.inputTokens());
      out.writeLong(usage.outputTokens());
    }

    private void instant(Instant instant) throws IOException {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }

    private void duration(Duration duration) throws IOException {
      out.writeLong(duration.getSeconds());
      out.writeInt(duration.getNano());
    }

    /** By its characters: not every text of a captioner is Unicode. */
    private void text(String text) throws IOException {
      out.writeInt(text.length());
      out.writeChars(text);
    }

    private <T> void optional(Optional<T> value, One<T> one) throws IOException {
      nullable(value.orElse(null), one);
    }

    private <T> void nullable(@Nullable T value, One<T> one) throws IOException {
      out.writeBoolean(value != null);
      if (value != null) {
        one.write(value);
      }
    }

    private <T> void list(List<T> values, One<T> one) throws IOException {
      out.writeInt(values.size());
      for (T value : values) {
        one.write(value);
      }
    }
  }

  /** Reads what the checksum vouches for. */
  private record Reader(DataInputStream in) {
    /** Reads one thing. */
    private interface Field<T> {
      T read() throws IOException;
    }

    Unwritten unwritten() throws IOException {
      String owner = text();
      String imageId = text();
      Set<CaptionStyle> styles = EnumSet.copyOf(list(this::style));
      List<CaptionResult> results = list(() -> new CaptionResult(run(), nullable(this::reply)));
      return new Unwritten(
          owner,
          imageId,
          styles,
          results,
          new LabelStep.Result(nullable(() -> list(this::label)), nullable(this::text)));
    }

    private CaptionStyle style() throws IOException {
      return CaptionStyle.ofId(text()).orElseThrow(() -> new IOException("no such style"));
    }

    private CaptionRun run() throws IOException {
      return CaptionRun.builder(text(), instant())
          .rung(nullable(this::text))
          .provider(nullable(this::text))
          .model(nullable(this::text))
          .cached(in.readBoolean())
          .latency(duration())
          .usage(usage())
          .costUsd(new BigDecimal(text()))
          .trail(list(this::attempt))
          .failure(nullable(() -> Reason.valueOf(text())), nullable(this::text))
          .build();
    }

    private CaptionReply reply() throws IOException {
      CaptionReply.Builder reply = CaptionReply.builder(text());
      for (Map.Entry<CaptionStyle, String> text : list(() -> Map.entry(style(), text()))) {
        reply.text(text.getKey(), text.getValue());
      }
      return reply
          .decorative(in.readBoolean())
          .promptVersion(nullable(this::text))
          .usage(usage())
          .elapsed(duration())
          .rung(nullable(this::text))
          .provider(nullable(this::text))
          .cached(in.readBoolean())
          .costUsd(new BigDecimal(text()))
          .trail(list(this::attempt))
          .reusedFrom(nullable(() -> new ReusedFrom(text(), in.readInt())))
          .build();
    }

    private Attempt attempt() throws IOException {
      return Attempt.builder(text(), text(), Outcome.valueOf(text()))
          .model(nullable(this::text))
          .elapsed(duration())
          .usage(usage())
          .costUsd(new BigDecimal(text()))
          .message(nullable(this::text))
          .sentSha256(nullable(this::text))
          .build();
    }

    private Label label() throws IOException {
      return Label.builder(text(), in.readDouble())
          .parents(list(this::text))
          .boxes(
              list(
                  () ->
                      new Label.Box(
                          in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble())))
          .build();
    }

    private Usage usage() throws IOException {
      return new Usage(in.readLong(), in.readLong());
    }

    private Instant instant() throws IOException {
      return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private Duration duration() throws IOException {
      return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private String text() throws IOException {
      char[] text = new char[in.readInt()];
      for (int i = 0; i < text.length; i++) {
        text[i] = in.readChar();
      }
      return new String(text);
    }

    private <T> @Nullable T nullable(Field<T> field) throws IOException {
      return in.readBoolean() ? field.read() : null;
    }

    private <T> List<T> list(Field<T> field) throws IOException {
      int size = in.readInt();
      List<T> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        values.add(field.read());
      }
      return List.copyOf(values);
    }
  }
}
