package dev.cutline.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the command line, as its jar tells it. */
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "cutline " + (version == null ? "of an unpacked build" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
