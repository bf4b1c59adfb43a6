/** An S3 server in this process. */
@NullMarked
package dev.cutline.s3test;

import org.jspecify.annotations.NullMarked;
