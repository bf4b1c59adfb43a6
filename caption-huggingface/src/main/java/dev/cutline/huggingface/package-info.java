/** Captions by the Hugging Face router and dedicated endpoints. */
@NullMarked
package dev.cutline.huggingface;

import org.jspecify.annotations.NullMarked;
