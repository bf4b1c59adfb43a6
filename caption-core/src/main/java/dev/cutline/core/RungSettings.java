package dev.cutline.core;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What the settings say of one rung. The keys that the chain reads are read here and hidden from
 * the provider, by having been read: no list of them has to be kept.
 */
final class RungSettings {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final String name;
  private final Settings forProvider;
  private final String type;
  private final Duration timeout;
  private final Optional<Duration> firstTimeout;
  private final int maxConcurrency;
  private final boolean breaker;
  private final Optional<Integer> hedge;
  private final Prices prices;
  private final Optional<BigDecimal> dailyBudget;
  private final Rung.OnRefused onRefused;

  private RungSettings(String name, SettingsReader in) {
    this.name = name;
    this.type = in.text("type", name);
    this.timeout = in.duration("timeout", Duration.ofSeconds(20), SHORTEST, LONGEST);
    this.firstTimeout =
        in.text("first-timeout").map(t -> in.duration("first-timeout", timeout, SHORTEST, LONGEST));
    this.maxConcurrency = in.integer("max-concurrency", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    this.breaker = in.bool("breaker", true);
    this.hedge = in.text("hedge").map(set -> in.integer("hedge", 95, 50, 99));
    this.prices =
        Prices.builder()
            .input(in.amount("price.input").orElse(BigDecimal.ZERO))
            .output(in.amount("price.output").orElse(BigDecimal.ZERO))
            .image(in.amount("price.image").orElse(BigDecimal.ZERO))
            .hour(in.amount("price.hour").orElse(BigDecimal.ZERO))
            .build();
    this.onRefused = in.choice("on-refused", Rung.OnRefused.class, Rung.OnRefused.STOP);
    this.dailyBudget = in.amount("daily-budget").filter(dollars -> isBudget(in, dollars));
    this.forProvider = in.rest();
  }

  private boolean isBudget(SettingsReader in, BigDecimal dollars) {
    if (dollars.signum() <= 0) {
      in.problem("daily-budget", "is more than zero; leave the rung out if nothing may be spent");
    } else if (prices.areZero()) {
      in.problem(
          "daily-budget", "needs price.input and price.output, or another price.*, to count");
    } else {
      return true;
    }
    return false;
  }

  /** Reads the section of a rung; what is wrong with the keys that the chain reads is added. */
  static RungSettings read(Settings settings, String name, Problems problems) {
    SettingsReader in = SettingsReader.of(settings.withPrefix(prefix(name)));
    RungSettings read = new RungSettings(name, in);
    problems.check(in::finish);
    return read;
  }

  private static String prefix(String name) {
    return "cutline.provider." + name + ".";
  }

  /** Returns what stands before each key of the rung. */
  String prefix() {
    return prefix(name);
  }

  String type() {
    return type;
  }

  /** Returns the keys that the chain does not read: the provider knows them. */
  Settings forProvider() {
    return forProvider;
  }

  Rung rung(Captioner captioner) {
    Rung.Builder rung =
        Rung.builder(name, type, captioner)
            .timeout(timeout)
            .maxConcurrency(maxConcurrency)
            .breaker(breaker)
            .prices(prices)
            .dailyBudget(dailyBudget.orElse(null))
            .onRefused(onRefused);
    firstTimeout.ifPresent(rung::firstTimeout);
    hedge.ifPresent(rung::hedge);
    return rung.build();
  }
}
