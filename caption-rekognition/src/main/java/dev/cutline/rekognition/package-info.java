/** Labels, moderation and captions made of labels, by Amazon Rekognition. */
@NullMarked
package dev.cutline.rekognition;

import org.jspecify.annotations.NullMarked;
