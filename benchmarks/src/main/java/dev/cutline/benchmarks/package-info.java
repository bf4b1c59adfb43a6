/** JMH benchmarks and comparisons with peers. */
@NullMarked
package dev.cutline.benchmarks;

import org.jspecify.annotations.NullMarked;
