/**
 * What every provider that speaks HTTP has to bear: {@link
 * dev.cutline.httptest.HttpCaptionerContract} is extended by the provider's test, which brings the
 * vendor's answers.
 */
@NullMarked
package dev.cutline.httptest;

import org.jspecify.annotations.NullMarked;
