/** Captions by Amazon Bedrock (Converse). */
@NullMarked
package dev.cutline.bedrock;

import org.jspecify.annotations.NullMarked;
