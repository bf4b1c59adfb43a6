package dev.cutline.core;

import dev.cutline.InvalidSettingsException;
import dev.cutline.SettingsReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The providers of one kind: each is tried for itself, so that a broken one hides no other.
 *
 * @param <T> the service interface
 */
final class ProviderCatalog<T> {
  /** A class path that is broken in more places than this is not worth a longer message. */
  private static final int MAX_FAILURES = 20;

  private final ProviderKind kind;
  private final Map<String, List<T>> byId = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  private ProviderCatalog(ProviderKind kind) {
    this.kind = kind;
  }

  /**
   * Returns what is found in class loaders.
   *
   * @param id how a provider tells its id
   */
  static <T> ProviderCatalog<T> load(
      ProviderKind kind, List<ServiceLoader<T>> loaders, Function<T, String> id) {
    ProviderCatalog<T> catalog = new ProviderCatalog<>(kind);
    Map<Class<?>, T> found = new LinkedHashMap<>();
    loaders.forEach(loader -> catalog.find(loader, found));
    found.values().forEach(provider -> catalog.add(provider, id));
    return catalog;
  }

  /** Returns the provider of an id, or throws with a message that tells what to do. */
  T require(String id) {
    List<T> found = byId.getOrDefault(id, List.of());
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new InvalidSettingsException(found.isEmpty() ? missing(id) : duplicated(id, found));
  }

  List<ProviderListing> listings() {
    return byId.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(p -> new ProviderListing(kind, entry.getKey(), p.getClass().getName())))
        .toList();
  }

  /** Returns what could not be loaded, and ids that are taken twice; one line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(failures);
    byId.forEach(
        (id, found) -> {
          if (found.size() > 1) {
            problems.add(duplicated(id, found));
          }
        });
    return List.copyOf(problems);
  }

  private void find(ServiceLoader<T> loader, Map<Class<?>, T> found) {
    Iterator<T> providers = loader.iterator();
    while (failures.size() < MAX_FAILURES) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        T provider = providers.next();
        found.putIfAbsent(provider.getClass(), provider);
      } catch (ServiceConfigurationError | LinkageError e) {
        fail(e);
      }
    }
  }

  private void add(T provider, Function<T, String> id) {
    try {
      byId.computeIfAbsent(id.apply(provider), key -> new ArrayList<>()).add(provider);
    } catch (RuntimeException | LinkageError e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    Throwable cause = failure.getCause();
    String reason = cause == null ? failure.toString() : failure.getMessage() + ": " + cause;
    String problem = "a " + kind.noun() + " could not be loaded (" + reason + ")";
    if (!failures.contains(problem)) {
      failures.add(problem);
    }
  }

  private String missing(String id) {
    String found =
        byId.isEmpty()
            ? "none is on the class path"
            : "found are "
                + listings().stream()
                    .map(listing -> listing.id() + " (" + listing.className() + ")")
                    .collect(Collectors.joining(", "));
    String remedy =
        kind.isPlanned(id)
            ? "; it is planned and not there yet: leave it out, or add a provider of your own"
            : kind.artifact(id)
                .map(artifact -> "; add " + artifact)
                .or(() -> meant(id).map(near -> "; did you mean " + near + "?"))
                .orElse("");
    String broken = failures.isEmpty() ? "" : "; " + String.join("; ", failures);
    return "there is no " + kind.noun() + " \"" + id + "\": " + found + remedy + broken;
  }

  /** A short id is near to many others. */
  private Optional<String> meant(String id) {
    Set<String> known = new TreeSet<>(kind.ids());
    known.addAll(byId.keySet());
    return id.length() < 5 ? Optional.empty() : SettingsReader.nearest(id, known);
  }

  private String duplicated(String id, List<T> found) {
    String classes =
        found.stream()
            .map(p -> p.getClass().getName())
            .sorted()
            .collect(Collectors.joining(" and "));
    return "two or more provide the "
        + kind.noun()
        + " \""
        + id
        + "\": "
        + classes
        + "; take all but one off the class path";
  }
}
