package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a rung is asked in one call.
 *
 * @param request as the rung gets it; its deadline ends the call
 * @param cancellation the one of {@code request}
 * @param picture the one of {@code request}
 * @param note goes to the trail with an answer
 */
record Question(
    CaptionRequest request, Cancellation cancellation, Picture picture, @Nullable String note) {}
