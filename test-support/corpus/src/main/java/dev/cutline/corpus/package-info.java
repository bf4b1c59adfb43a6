/** Pictures that the tests read. */
@NullMarked
package dev.cutline.corpus;

import org.jspecify.annotations.NullMarked;
