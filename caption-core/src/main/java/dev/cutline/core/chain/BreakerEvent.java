package dev.cutline.core.chain;

import dev.cutline.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A breaker that has opened, stays open after a probe, or has closed.
 *
 * @param rung whose breaker it is
 * @param state {@link BreakerState#OPEN} or {@link BreakerState#CLOSED}
 * @param cause what keeps it open, for example {@link Reason#UNAUTHORIZED}; null if it has closed
 * @param leftAlone for how long no call is let through; zero if it has closed
 * @param byProbe whether it was open before, and a call that was let through decided this; always
 *     so if it has closed
 */
public record BreakerEvent(
    Rung rung, BreakerState state, @Nullable Reason cause, Duration leftAlone, boolean byProbe) {}
