package dev.cutline.aws;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** Says who calls: {@code cutline/<version>}, behind what the SDK says of itself. */
final class UserAgent {
  private UserAgent() {}

  static String ofThisBuild() {
    ModuleDescriptor module = UserAgent.class.getModule().getDescriptor();
    String version =
        module == null
            ? UserAgent.class.getPackage().getImplementationVersion()
            : module.rawVersion().orElse(null);
    return of(version);
  }

  /** Returns the user agent of a version; classes that come from no jar have none. */
  static String of(@Nullable String version) {
    return "cutline/" + (version == null ? "development" : version);
  }
}
