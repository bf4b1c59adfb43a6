/** Captions pictures from the command line. */
@NullMarked
package dev.cutline.cli;

import org.jspecify.annotations.NullMarked;
