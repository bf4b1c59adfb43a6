package dev.cutline.cli;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A provider that was found or named: whether a rung uses it, and what it lacks to be used. */
final class ProviderState {
  private static final String NOT_FOUND =
      "nothing on the class path provides it; add its artifact, or correct the name";

  private final @Nullable String rung;
  private final String provider;
  private final @Nullable String className;
  private final List<String> problems;
  private final @Nullable String check;
  private final boolean answered;

  private ProviderState(
      @Nullable String rung,
      String provider,
      @Nullable String className,
      List<String> problems,
      @Nullable String check,
      boolean answered) {
    this.rung = rung;
    this.provider = provider;
    this.className = className;
    this.problems = List.copyOf(problems);
    this.check = check;
    this.answered = answered;
  }

  /** Returns the rungs in their order, then the providers that no rung uses, by name. */
  static List<ProviderState> all(Settings settings) {
    List<ProviderState> states = new ArrayList<>();
    Map<String, CaptionProvider> unused = discover(states);
    Map<String, CaptionProvider> found = new TreeMap<>(unused);
    int rungs = 0;
    for (String name : settings.find("cutline.providers").orElse("palette").split(",", -1)) {
      String rung = name.strip();
      String type = settings.find("cutline.provider." + rung + ".type").orElse(rung);
      states.add(rungs++, of(rung, type, found.get(type), settings));
      unused.remove(type);
    }
    unused.forEach((id, provider) -> states.add(of(null, id, provider, settings)));
    return states;
  }

  /** Finds providers one by one: one that cannot be loaded must not hide the others. */
  private static Map<String, CaptionProvider> discover(List<ProviderState> broken) {
    Map<String, CaptionProvider> found = new TreeMap<>();
    Iterator<CaptionProvider> providers = ServiceLoader.load(CaptionProvider.class).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        CaptionProvider provider = providers.next();
        found.put(provider.id(), provider);
      } catch (ServiceConfigurationError e) {
        broken.add(
            new ProviderState(
                null, "?", null, List.of(String.valueOf(e.getMessage())), null, true));
      }
    }
  }

  private static ProviderState of(
      @Nullable String rung, String id, @Nullable CaptionProvider provider, Settings settings) {
    if (provider == null) {
      return new ProviderState(rung, id, null, List.of(NOT_FOUND), null, true);
    }
    String prefix = "cutline.provider." + (rung == null ? id : rung) + ".";
    List<String> problems = List.of();
    try (Captioner captioner = provider.create(settings.withPrefix(prefix))) {
      captioner.capabilities();
    } catch (InvalidSettingsException e) {
      problems = e.problems().stream().map(p -> p.startsWith("cutline.") ? p : prefix + p).toList();
    }
    return new ProviderState(rung, id, provider.getClass().getName(), problems, null, true);
  }

  /** Returns this state with how a check ended. */
  ProviderState checked(String outcome, boolean ok) {
    return new ProviderState(rung, provider, className, problems, outcome, ok);
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
    return rung != null;
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
    if (isReady()) {
      return List.of(isConfigured() ? "ready" : "ready, not named in cutline.providers");
    }
    return problems;
  }
}
