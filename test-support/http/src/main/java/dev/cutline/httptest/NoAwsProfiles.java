package dev.cutline.httptest;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Hides the profiles of AWS that whoever runs the tests has, in which a region may stand. For
 * {@code ExtendWith}.
 */
public final class NoAwsProfiles implements BeforeEachCallback, AfterEachCallback {
  private static final String FILE = "aws.configFile";

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty(FILE, "no-such-file");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.clearProperty(FILE);
  }
}
