package dev.cutline.core;

import java.util.Objects;

/** A provider that was found. Being found only lists it: the settings name the ones to use. */
public final class ProviderListing {
  private final ProviderKind kind;
  private final String id;
  private final String className;

  ProviderListing(ProviderKind kind, String id, String className) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.id = Objects.requireNonNull(id, "id");
    this.className = Objects.requireNonNull(className, "className");
  }

  public ProviderKind kind() {
    return kind;
  }

  /** Returns the id that settings name it by, for example {@code openai}. */
  public String id() {
    return id;
  }

  /** Returns the name of the class that provides it. */
  public String className() {
    return className;
  }

  @Override
  public String toString() {
    return kind.noun() + " " + id + " (" + className + ")";
  }
}
