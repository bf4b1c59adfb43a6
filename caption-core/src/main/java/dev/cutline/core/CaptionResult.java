package dev.cutline.core;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for one language.
 *
 * @param run what was tried and at what price
 * @param reply the answer; null if nobody answered
 */
record CaptionResult(CaptionRun run, @Nullable CaptionReply reply) {}
