/** Captions by OpenAI and every server that speaks like it, Ollama included. */
@NullMarked
package dev.cutline.openai;

import org.jspecify.annotations.NullMarked;
