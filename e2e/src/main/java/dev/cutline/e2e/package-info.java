/** Tests that span modules; they are all under {@code src/test}. */
@NullMarked
package dev.cutline.e2e;

import org.jspecify.annotations.NullMarked;
