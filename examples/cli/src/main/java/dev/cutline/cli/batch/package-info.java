/** Captions many pictures: a few at a time, results in the order of the input, stoppable. */
@NullMarked
package dev.cutline.cli.batch;

import org.jspecify.annotations.NullMarked;
