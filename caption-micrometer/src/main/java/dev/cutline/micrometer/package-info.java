/** Meters and spans of what the chain of captioners does. */
@NullMarked
package dev.cutline.micrometer;

import org.jspecify.annotations.NullMarked;
