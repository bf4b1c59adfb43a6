/**
 * The stores that need nothing but this artifact: pictures in files, and pictures, records and rate
 * limits in memory.
 */
@NullMarked
package dev.cutline.core.store;

import org.jspecify.annotations.NullMarked;
