/** One HTTP and JSON sender for providers, with the reason of every failure. */
@NullMarked
package dev.cutline.http;

import org.jspecify.annotations.NullMarked;
