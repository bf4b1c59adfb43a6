package dev.cutline.core;

import java.util.Locale;
import java.util.Optional;

/** Where data is at home, so that local and production data never meet. */
enum Environment {
  LOCAL,
  PRODUCTION;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Environment> ofId(String id) {
    for (Environment environment : values()) {
      if (environment.id().equals(id)) {
        return Optional.of(environment);
      }
    }
    return Optional.empty();
  }
}
