/** Prompts, the reply schema and the reply parser, for providers that prompt a model. */
@NullMarked
package dev.cutline.prompt;

import org.jspecify.annotations.NullMarked;
