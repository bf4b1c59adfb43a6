/** Inspects, bounds, strips, decodes, resamples and encodes pictures. */
@NullMarked
package dev.cutline.imaging;

import org.jspecify.annotations.NullMarked;
