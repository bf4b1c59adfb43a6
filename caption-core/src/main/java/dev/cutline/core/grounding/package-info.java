/** Hints whether a caption says what the picture shows. Not exported. */
@NullMarked
package dev.cutline.core.grounding;

import org.jspecify.annotations.NullMarked;
