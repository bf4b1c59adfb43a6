package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.core.chain.Rung;
import java.util.Objects;

/** One rung of the chain, as it is configured. */
public final class RungStatus {
  private final String name;
  private final String type;
  private final Capabilities capabilities;
  private final String fingerprint;

  private RungStatus(String name, String type, Capabilities capabilities, String fingerprint) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.capabilities = Objects.requireNonNull(capabilities, "capabilities");
    this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
  }

  static RungStatus of(Rung rung) {
    return new RungStatus(rung.name(), rung.type(), rung.capabilities(), rung.fingerprint());
  }

  /** Returns its name in the settings, for example {@code primary}. */
  public String name() {
    return name;
  }

  /** Returns the id of its provider, for example {@code openai}. */
  public String type() {
    return type;
  }

  public Capabilities capabilities() {
    return capabilities;
  }

  /** Returns what decides its answers besides the request: type, model, prompt version. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return name + " (" + fingerprint + ")";
  }
}
