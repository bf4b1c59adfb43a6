/** Captions by Google Gemini. */
@NullMarked
package dev.cutline.gemini;

import org.jspecify.annotations.NullMarked;
