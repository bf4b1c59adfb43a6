package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a WebP; of a still picture, the whole.
 *
 * @param left pixels from the left edge of the canvas
 * @param top pixels from the upper edge of the canvas
 * @param width in pixels
 * @param height in pixels
 * @param lossless whether it is coded as VP8L, otherwise as VP8
 * @param alpha whether it may be transparent
 * @param data its coded pixels: the data of the chunk VP8 or VP8L
 * @param alphaData the data of the chunk ALPH, or null
 */
record WebpFrame(
    int left,
    int top,
    int width,
    int height,
    boolean lossless,
    boolean alpha,
    Range data,
    @Nullable Range alphaData) {}
