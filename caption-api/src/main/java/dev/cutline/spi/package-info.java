/**
 * What the author of a provider or store implements: one interface per kind of service, found by
 * {@link java.util.ServiceLoader}. Being on the class path only lists a provider; the user names
 * the ones to use.
 */
@NullMarked
package dev.cutline.spi;

import org.jspecify.annotations.NullMarked;
