/**
 * How a chain of captioners behaves while one of them does not work, beside what its peers leave to
 * the user: one server that fails on purpose, in a process of its own, and several clients that ask
 * it the same.
 */
@NullMarked
package dev.cutline.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
