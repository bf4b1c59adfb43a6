/**
 * The chain: captioners asked in order under one deadline, with the reason of a failure deciding
 * what happens next.
 */
@NullMarked
package dev.cutline.core.chain;

import org.jspecify.annotations.NullMarked;
