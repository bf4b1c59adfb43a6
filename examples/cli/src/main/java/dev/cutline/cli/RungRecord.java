package dev.cutline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Progress;
import dev.cutline.core.RungHistory;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.core.money.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rung besides its settings: what it charges, how the newest pictures fared with
 * it, what was spent on it today. A process of the command line lives for one command, so all of it
 * comes from the records and the ledger; only a check tells how the breaker stands, after that
 * call.
 */
final class RungRecord {
  private final Rung rung;
  private final @Nullable RungHistory history;
  private final @Nullable RungStatus status;
  private final boolean checked;

  private RungRecord(
      Rung rung, @Nullable RungHistory history, @Nullable RungStatus status, boolean checked) {
    this.rung = rung;
    this.history = history;
    this.status = status;
    this.checked = checked;
  }

  /** Returns what the settings alone tell. */
  static RungRecord of(Rung rung) {
    return new RungRecord(rung, null, null, false);
  }

  /**
   * Returns this with what the stores tell.
   *
   * @param known what records tell; null: they know nothing of it
   * @param now how it stands in this process
   * @param asked whether this process has asked it
   */
  RungRecord with(@Nullable RungHistory known, RungStatus now, boolean asked) {
    return new RungRecord(rung, known, now, asked);
  }

  /** Returns what a person needs to know, in lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    price().ifPresent(lines::add);
    if (history != null) {
      lines.add(
          "newest pictures: "
              + history.calls()
              + (history.calls() == 1 ? " call" : " calls")
              + history.median().map(time -> ", p50 " + seconds(time)).orElse("")
              + history.p95().map(time -> ", p95 " + seconds(time)).orElse("")
              + (history.costUsd().signum() > 0 ? ", " + Progress.dollars(history.costUsd()) : ""));
      history.lastFailure().map(RungRecord::line).ifPresent(lines::add);
    }
    if (status != null && status.spentToday().isPresent() && status.dailyBudget().isPresent()) {
      lines.add(
          "spent today: "
              + Progress.dollars(status.spentToday().get())
              + " of "
              + Progress.dollars(status.dailyBudget().get()));
    }
    if (status != null && checked) {
      lines.add(
          "breaker: "
              + status.breaker()
              + status.outage().map(reason -> " (" + reason + ")").orElse("")
              + " after this call");
    }
    return lines;
  }

  private Optional<String> price() {
    Prices prices = rung.prices();
    if (!prices.isKnown()) {
      String prefix = "cutline.provider." + rung.name() + ".price.";
      return rung.isCostKnown()
          ? Optional.empty()
          : Optional.of("price unknown: set " + prefix + "input and " + prefix + "output");
    }
    List<String> parts = new ArrayList<>();
    add(parts, prices.input(), " a million tokens in");
    add(parts, prices.output(), " a million out");
    add(parts, prices.image(), " a picture");
    add(parts, prices.hour(), " an hour");
    return Optional.of(
        (parts.isEmpty() ? "price: nothing" : "price: " + String.join(", ", parts))
            + prices.listedOn().map(day -> "; " + PriceNote.of(day)).orElse(""));
  }

  private static void add(List<String> parts, BigDecimal price, String unit) {
    if (price.signum() > 0) {
      parts.add(Progress.dollars(price) + unit);
    }
  }

  private static String line(RungHistory.Failure failure) {
    return "last error: "
        + failure.outcome()
        + " at "
        + failure.at()
        + (failure.message().isEmpty() ? "" : ": " + Printable.line(failure.message()));
  }

  private static String seconds(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + " ms"
        : new BigDecimal(time.toMillis()).movePointLeft(3).setScale(1, RoundingMode.HALF_UP) + " s";
  }

  /** Writes all fields; null where nothing is known of them. */
  static void write(JsonGenerator json, @Nullable RungRecord of) throws IOException {
    writePrice(json, of == null ? Prices.NONE : of.rung.prices());
    RungHistory history = of == null ? null : of.history;
    RungStatus status = of == null ? null : of.status;
    number(json, "calls", history == null ? null : history.calls());
    number(json, "p50Ms", history == null ? null : millis(history.median()));
    number(json, "p95Ms", history == null ? null : millis(history.p95()));
    amount(json, "costUsd", history == null ? null : history.costUsd());
    writeFailure(json, history == null ? Optional.empty() : history.lastFailure());
    amount(json, "spentTodayUsd", status == null ? null : status.spentToday().orElse(null));
    amount(json, "dailyBudgetUsd", of == null ? null : of.rung.dailyBudget().orElse(null));
    JsonLine.text(
        json,
        "breaker",
        Optional.ofNullable(status)
            .filter(now -> of != null && of.checked)
            .map(now -> now.breaker().name()));
  }

  private static void writePrice(JsonGenerator json, Prices prices) throws IOException {
    if (!prices.isKnown()) {
      json.writeNullField("price");
      return;
    }
    json.writeObjectFieldStart("price");
    json.writeNumberField("input", prices.input());
    json.writeNumberField("output", prices.output());
    json.writeNumberField("image", prices.image());
    json.writeNumberField("hour", prices.hour());
    JsonLine.text(json, "listedOn", prices.listedOn().map(Object::toString));
    json.writeEndObject();
  }

  private static void writeFailure(JsonGenerator json, Optional<RungHistory.Failure> failure)
      throws IOException {
    if (failure.isEmpty()) {
      json.writeNullField("lastError");
      return;
    }
    json.writeObjectFieldStart("lastError");
    json.writeStringField("at", failure.get().at().toString());
    json.writeStringField("outcome", failure.get().outcome().name());
    json.writeStringField("message", failure.get().message());
    json.writeEndObject();
  }

  private static @Nullable Long millis(Optional<Duration> time) {
    return time.map(Duration::toMillis).orElse(null);
  }

  private static void number(JsonGenerator json, String field, @Nullable Long number)
      throws IOException {
    if (number == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, number);
    }
  }

  private static void amount(JsonGenerator json, String field, @Nullable BigDecimal amount)
      throws IOException {
    if (amount == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, amount);
    }
  }
}
