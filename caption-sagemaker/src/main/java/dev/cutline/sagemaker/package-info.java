/** Captions by endpoints of Amazon SageMaker. */
@NullMarked
package dev.cutline.sagemaker;

import org.jspecify.annotations.NullMarked;
