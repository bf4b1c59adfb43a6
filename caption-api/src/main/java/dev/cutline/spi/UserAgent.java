package dev.cutline.spi;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** Says to servers who calls: {@code cutline/<version>}. */
public final class UserAgent {
  private UserAgent() {}

  /** Returns the user agent of this build, whose artifacts all have one version. */
  public static String ofThisBuild() {
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
