package dev.cutline.cli;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.ProviderKind;
import dev.cutline.core.ProviderListing;
import dev.cutline.core.Providers;
import dev.cutline.core.RungHistory;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.chain.RungStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider that was found or named: whether it is used, and what it lacks to be used. */
final class ProviderState {
  private final ProviderKind kind;
  private final @Nullable String rung;
  private final String provider;
  private final @Nullable String className;
  private final boolean configured;
  private final List<String> problems;
  private final @Nullable String check;
  private final boolean answered;
  private final @Nullable RungRecord record;

  private ProviderState(
      ProviderKind kind,
      @Nullable String rung,
      String provider,
      @Nullable String className,
      boolean configured,
      List<String> problems,
      @Nullable String check,
      boolean answered,
      @Nullable RungRecord record) {
    this.kind = kind;
    this.rung = rung;
    this.provider = provider;
    this.className = className;
    this.configured = configured;
    this.problems = List.copyOf(problems);
    this.check = check;
    this.answered = answered;
    this.record = record;
  }

  /** Returns the rungs in their order, then the captioners that no rung uses, then the rest. */
  static List<ProviderState> all(Settings settings, Providers providers) {
    List<ProviderState> states = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (String name : settings.find("cutline.providers").orElse("palette").split(",", -1)) {
      String rung = name.strip();
      String type = settings.find(prefix(rung) + "type").orElse(rung);
      states.add(captioner(rung, type, providers, settings));
      used.add(type);
    }
    for (ProviderListing found : providers.listings()) {
      if (found.kind() != ProviderKind.CAPTIONS) {
        states.add(other(found, settings));
      } else if (!used.contains(found.id())) {
        states.add(captioner(null, found.id(), providers, settings));
      }
    }
    return states;
  }

  private static ProviderState captioner(
      @Nullable String rung, String id, Providers providers, Settings settings) {
    String className = null;
    List<String> problems = List.of();
    RungRecord record = null;
    try {
      className = providers.captions(id).getClass().getName();
      Rung made = providers.rung(rung == null ? id : rung, settings);
      made.captioner().close();
      record = rung == null ? null : RungRecord.of(made);
    } catch (InvalidSettingsException e) {
      problems = e.problems();
    }
    return new ProviderState(
        ProviderKind.CAPTIONS, rung, id, className, rung != null, problems, null, true, record);
  }

  private static ProviderState other(ProviderListing found, Settings settings) {
    String named =
        switch (found.kind()) {
          case CAPTIONS -> throw new IllegalArgumentException("captioners are rungs");
          case LABELS -> settings.find("cutline.labels").orElse("");
          case IMAGES -> settings.find("cutline.images").orElse("files");
          case RECORDS -> settings.find("cutline.records").orElse("jdbc");
          case RATE_LIMITS -> settings.find("cutline.rate-limit").orElse("none");
        };
    boolean configured = named.equals(found.id());
    return new ProviderState(
        found.kind(), null, found.id(), found.className(), configured, List.of(), null, true, null);
  }

  private static String prefix(String rung) {
    return "cutline.provider." + rung + ".";
  }

  /** Returns this state with how a check ended. */
  ProviderState checked(String outcome, boolean ok) {
    return new ProviderState(
        kind, rung, provider, className, configured, problems, outcome, ok, record);
  }

  /**
   * Returns this state with what the stores tell of the rung, if it is one.
   *
   * @param asked whether this process has asked it
   */
  ProviderState with(Map<String, RungHistory> history, List<RungStatus> rungs, boolean asked) {
    if (record == null) {
      return this;
    }
    RungRecord known = record;
    return rungs.stream()
        .filter(status -> status.name().equals(rung))
        .findFirst()
        .map(status -> known.with(history.get(status.name()), status, asked))
        .map(
            now ->
                new ProviderState(
                    kind, rung, provider, className, configured, problems, check, answered, now))
        .orElse(this);
  }

  /** Returns what is known besides of a rung that is ready; empty for everything else. */
  Optional<RungRecord> record() {
    return Optional.ofNullable(record);
  }

  ProviderKind kind() {
    return kind;
  }

  /** Returns the name of the rung; empty if no rung uses the provider. */
  Optional<String> rung() {
    return Optional.ofNullable(rung);
  }

  /** Returns the id of the provider. */
  String provider() {
    return provider;
  }

  /** Returns the class of the provider; empty if there is none. */
  Optional<String> className() {
    return Optional.ofNullable(className);
  }

  boolean isConfigured() {
    return configured;
  }

  boolean isReady() {
    return problems.isEmpty();
  }

  /** Returns what is missing or wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  /** Returns how the check ended; empty if there was none. */
  Optional<String> check() {
    return Optional.ofNullable(check);
  }

  /** Tells whether nothing speaks against it: it was not checked, or it answered. */
  boolean hasAnswered() {
    return answered;
  }

  /** Returns what a person needs to know, in lines. */
  List<String> lines() {
    if (!isReady()) {
      return problems;
    }
    List<String> lines = new ArrayList<>();
    lines.add(check != null ? check : configured ? "ready, in use" : "ready");
    if (record != null) {
      lines.addAll(record.lines());
    }
    return lines;
  }
}
