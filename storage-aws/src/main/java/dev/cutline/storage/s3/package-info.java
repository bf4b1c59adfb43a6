/** Images in Amazon S3, and in what speaks like it. */
@NullMarked
package dev.cutline.storage.s3;

import org.jspecify.annotations.NullMarked;
