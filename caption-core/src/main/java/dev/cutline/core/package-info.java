/** The facade, the chain of captioners, the output contract, file and memory stores. */
@NullMarked
package dev.cutline.core;

import org.jspecify.annotations.NullMarked;
