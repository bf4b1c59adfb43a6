package dev.cutline.cli;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.core.ProviderKind;
import dev.cutline.core.ProviderListing;
import dev.cutline.core.Providers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  private ProviderState(
      ProviderKind kind,
      @Nullable String rung,
      String provider,
      @Nullable String className,
      boolean configured,
      List<String> problems,
      @Nullable String check,
      boolean answered) {
    this.kind = kind;
    this.rung = rung;
    this.provider = provider;
    this.className = className;
    this.configured = configured;
    this.problems = List.copyOf(problems);
    this.check = check;
    this.answered = answered;
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
    try {
      className = providers.captions(id).getClass().getName();
      providers.captioner(rung == null ? id : rung, settings).close();
    } catch (InvalidSettingsException e) {
      problems = e.problems();
    }
    return new ProviderState(
        ProviderKind.CAPTIONS, rung, id, className, rung != null, problems, null, true);
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
        found.kind(), null, found.id(), found.className(), configured, List.of(), null, true);
  }

  private static String prefix(String rung) {
    return "cutline.provider." + rung + ".";
  }

  /** Returns this state with how a check ended. */
  ProviderState checked(String outcome, boolean ok) {
    return new ProviderState(kind, rung, provider, className, configured, problems, outcome, ok);
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
    if (check != null) {
      return List.of(check);
    }
    return isReady() ? List.of(configured ? "ready, in use" : "ready") : problems;
  }
}
