package dev.cutline;

/**
 * Reads the values that settings refer to, for example {@code aws-secret:NAME}. Found by {@link
 * java.util.ServiceLoader}; the no-argument constructor does no work. Thread-safe. {@code env:} and
 * {@code file:} are built in.
 */
public interface SecretResolver {
  /** Returns the scheme it answers for, without the colon, for example {@code aws-secret}. */
  String scheme();

  /**
   * Returns the value of what stands behind the colon.
   *
   * @throws InvalidSettingsException if there is no such value or it cannot be read
   */
  String resolve(String name);

  /**
   * Like {@link #resolve}, for who was refused with that value: what is there now, whatever the
   * resolver remembers. The same as {@link #resolve}, as here, unless it remembers anything.
   */
  default String renew(String name) {
    return resolve(name);
  }
}
