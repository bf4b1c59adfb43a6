/** Measurements of Cutline, each one command that prints a table. Not shipped. */
@NullMarked
package dev.cutline.benchmarks;

import org.jspecify.annotations.NullMarked;
