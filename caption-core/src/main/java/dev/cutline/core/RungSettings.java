package dev.cutline.core;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.money.PriceList;
import dev.cutline.core.money.Prices;
import dev.cutline.core.money.TokenEstimate;
import dev.cutline.spi.CaptionProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the settings say of one rung. The keys that the chain reads are read here and hidden from
 * the provider, by having been read: no list of them has to be kept. Model, endpoint and dialect
 * are the provider's and are looked at for the price alone.
 */
final class RungSettings {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Settings settings;
  private final String name;
  private final Settings forProvider;
  private final String type;
  private final boolean typeIsSet;
  private final Duration timeout;
  private final Optional<Duration> firstTimeout;
  private final int maxConcurrency;
  private final boolean breaker;
  private final Optional<Integer> hedge;
  private final Prices prices;
  private final TokenEstimate tokens;
  private final Optional<BigDecimal> dailyBudget;
  private final Rung.OnRefused onRefused;

  private RungSettings(Settings settings, String name, SettingsReader in) {
    Settings section = settings.withPrefix(prefix(name));
    this.settings = settings;
    this.name = name;
    this.type = in.text("type", name);
    this.typeIsSet = in.text("type").isPresent();
    this.timeout = in.duration("timeout", Duration.ofSeconds(20), SHORTEST, LONGEST);
    this.firstTimeout =
        in.text("first-timeout").map(t -> in.duration("first-timeout", timeout, SHORTEST, LONGEST));
    this.maxConcurrency = in.integer("max-concurrency", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    this.breaker = in.bool("breaker", true);
    this.hedge = in.text("hedge").map(set -> in.integer("hedge", 95, 50, 99));
    Optional<PriceList.Row> listed =
        value(section, "model").flatMap(model -> PriceList.load().find(type, model));
    this.tokens = listed.map(PriceList.Row::tokens).orElse(TokenEstimate.usual());
    this.prices = prices(in, listed.filter(row -> isOfVendor(section)).map(PriceList.Row::prices));
    this.onRefused = in.choice("on-refused", Rung.OnRefused.class, Rung.OnRefused.STOP);
    this.dailyBudget = in.amount("daily-budget").filter(dollars -> isBudget(in, dollars));
    this.forProvider = in.rest();
  }

  /** Returns the prices that are set, each in place of the listed one. */
  private static Prices prices(SettingsReader in, Optional<Prices> listed) {
    Optional<BigDecimal> input = in.amount("price.input");
    Optional<BigDecimal> output = in.amount("price.output");
    Optional<BigDecimal> image = in.amount("price.image");
    Optional<BigDecimal> hour = in.amount("price.hour");
    boolean set = Stream.of(input, output, image, hour).anyMatch(Optional::isPresent);
    if (!set) {
      return listed.orElse(Prices.NONE);
    }
    Prices.Builder prices = listed.map(Prices::toBuilder).orElseGet(Prices::builder);
    input.ifPresent(prices::input);
    output.ifPresent(prices::output);
    image.ifPresent(prices::image);
    hour.ifPresent(prices::hour);
    if (input.isPresent() && output.isPresent()) {
      prices.listedOn(null); // nothing is left of the list
    }
    return prices.build();
  }

  /**
   * A server elsewhere, or of somebody else, has prices of its own, whatever its model is called.
   */
  private boolean isOfVendor(Settings section) {
    return value(section, "endpoint").isEmpty()
        && value(section, "dialect").filter(dialect -> !dialect.equalsIgnoreCase(type)).isEmpty();
  }

  /** Returns the value of a key that the provider reads, who also says what is wrong with it. */
  private static Optional<String> value(Settings section, String key) {
    try {
      return section.find(key);
    } catch (InvalidSettingsException e) {
      return Optional.empty();
    }
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
    RungSettings read = new RungSettings(settings, name, in);
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

  String name() {
    return name;
  }

  String type() {
    return type;
  }

  /** Returns the key under which the user wrote the type, which is the name unless set. */
  String typeKey() {
    return typeIsSet ? prefix() + "type" : "cutline.providers";
  }

  /**
   * Returns the provider of its type.
   *
   * @throws InvalidSettingsException if there is none; a rung is none, so that rungs cannot lead to
   *     each other in a circle
   */
  CaptionProvider provider(Providers providers) {
    boolean isRung = settings.keys().stream().anyMatch(this::isOfRungOfThatName);
    if (isRung && !type.equals(name) && !providers.knownIds(ProviderKind.CAPTIONS).contains(type)) {
      throw new InvalidSettingsException(
          "\""
              + type
              + "\" is the name of a rung; a type is the id of a provider, such as openai: say what"
              + " that rung says");
    }
    try {
      return providers.captions(type);
    } catch (InvalidSettingsException e) {
      if (typeIsSet || providers.knownIds(ProviderKind.CAPTIONS).contains(type)) {
        throw e;
      }
      String problem = e.problems().get(0);
      throw new InvalidSettingsException(
          problem
              + (problem.endsWith("?") ? " Or" : "; or")
              + " say of which type it is with "
              + prefix()
              + "type");
    }
  }

  private boolean isOfRungOfThatName(String key) {
    return Settings.normalise(key).startsWith(Settings.normalise(prefix(type)));
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
            .tokens(tokens)
            .dailyBudget(dailyBudget.orElse(null))
            .onRefused(onRefused);
    firstTimeout.ifPresent(rung::firstTimeout);
    hedge.ifPresent(rung::hedge);
    return rung.build();
  }
}
