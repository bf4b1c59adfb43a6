/** Contract tests for every service interface of Cutline. */
@NullMarked
package dev.cutline.tck;

import org.jspecify.annotations.NullMarked;
