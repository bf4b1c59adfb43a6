/** An honest description of colour, light and shape, without a model. */
@NullMarked
package dev.cutline.palette;

import org.jspecify.annotations.NullMarked;
