/** How results are written: JSON Lines, tables, CSV, HTML. */
@NullMarked
package dev.cutline.cli.output;

import org.jspecify.annotations.NullMarked;
