package dev.cutline;

import java.time.Instant;

/**
 * What is left of a deleted record for a while, so that a writer that was slow finds its picture
 * gone.
 *
 * @param owner whose picture it was
 * @param id of the picture
 * @param until from when on it may be buried
 */
public record Tombstone(String owner, String id, Instant until) {}
