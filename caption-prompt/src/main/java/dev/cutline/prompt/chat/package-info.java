/**
 * The chat completions of OpenAI, which many servers speak: what is sent and what comes back,
 * without any I/O, so that it serves whoever carries it (HTTP, SageMaker).
 */
@NullMarked
package dev.cutline.prompt.chat;

import org.jspecify.annotations.NullMarked;
