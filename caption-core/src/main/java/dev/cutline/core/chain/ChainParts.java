package dev.cutline.core.chain;

import dev.cutline.CaptionCache;
import dev.cutline.core.money.DailyBudgets;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a chain uses.
 *
 * @param cache answers given before; null: none
 * @param flights questions that are being asked
 * @param listener is told of requests
 * @param budgets what may be spent; null: as much as it takes
 */
record ChainParts(
    Time time,
    Calls calls,
    ImageFitter fitter,
    Backoff backoff,
    Flights flights,
    ChainListener listener,
    @Nullable CaptionCache cache,
    @Nullable DailyBudgets budgets) {}
