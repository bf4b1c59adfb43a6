/** Captions by Anthropic Messages. */
@NullMarked
package dev.cutline.anthropic;

import org.jspecify.annotations.NullMarked;
