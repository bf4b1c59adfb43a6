package dev.cutline.http;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** Says who calls: {@code cutline/<version>}. */
final class UserAgent {
  private UserAgent() {}

  static String ofThisBuild() {
    ModuleDescriptor module = JsonHttp.class.getModule().getDescriptor();
    String version =
        module == null
            ? JsonHttp.class.getPackage().getImplementationVersion()
            : module.rawVersion().orElse(null);
    return of(version);
  }

  /** Returns the user agent of a version; classes that come from no jar have none. */
  static String of(@Nullable String version) {
    return "cutline/" + (version == null ? "development" : version);
  }
}
