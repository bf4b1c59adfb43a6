package dev.cutline.core.chain;

import dev.cutline.CaptionCache;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a chain uses.
 *
 * @param cache answers given before; null: none
 */
record ChainParts(
    Time time, Calls calls, ImageFitter fitter, Backoff backoff, @Nullable CaptionCache cache) {}
