/**
 * An honest description of colour, light and shape, without a model: pixels ({@link Decoder}) are
 * measured ({@link Observer}) and the traits put into words ({@link Wording}).
 */
@NullMarked
package dev.cutline.palette;

import org.jspecify.annotations.NullMarked;
