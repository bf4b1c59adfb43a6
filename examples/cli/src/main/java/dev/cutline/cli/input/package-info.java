/** Turns what the user names into picture files. */
@NullMarked
package dev.cutline.cli.input;

import org.jspecify.annotations.NullMarked;
