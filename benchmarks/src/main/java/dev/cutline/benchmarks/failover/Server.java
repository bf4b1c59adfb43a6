package dev.cutline.benchmarks.failover;

import java.net.URI;
import java.time.Duration;

/**
 * A server that a contender may ask.
 *
 * @param address the base address
 * @param timeout how long to wait for it
 */
record Server(URI address, Duration timeout) {}
