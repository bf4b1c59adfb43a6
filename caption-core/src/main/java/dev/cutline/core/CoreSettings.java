package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.imaging.ImageLimits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the keys say that belong to no single provider.
 *
 * @param home folder of this installation
 * @param environment where its data is at home
 * @param allowed whether that environment takes the stores that are named
 * @param rungs names of the chain's rungs, in their order
 * @param deadline of the chain
 * @param styles of uploads that name none
 * @param languages of uploads that name none
 * @param limits of pictures
 * @param keepFacts of uploads that do not say
 * @param grounding whether captions are held against labels and earlier captions
 * @param lease of a writer
 * @param reconcileEvery how often what is half done or too old is settled; empty: never by itself
 * @param retention the age from which on pictures are deleted; empty: they are kept
 * @param cacheMaxAge the age from which on a remembered answer is none; empty: never
 * @param cacheMaxEntries how many answers are remembered for each owner; empty: any number
 * @param nearDuplicates in how many bits pictures may differ to share an answer; empty: none
 * @param ownerDailyBudget US dollars that may be spent for each owner on one day; empty: no limit
 * @param images id of the image store
 * @param records id of the record store
 * @param rateLimit id of the rate limiter; empty: none
 * @param labels id of the label detector; empty: none
 */
record CoreSettings(
    Path home,
    Environment environment,
    boolean allowed,
    List<String> rungs,
    Duration deadline,
    Set<CaptionStyle> styles,
    List<String> languages,
    ImageLimits limits,
    boolean keepFacts,
    boolean grounding,
    Duration lease,
    Optional<Duration> reconcileEvery,
    Optional<Duration> retention,
    Optional<Duration> cacheMaxAge,
    Optional<Integer> cacheMaxEntries,
    Optional<Integer> nearDuplicates,
    Optional<BigDecimal> ownerDailyBudget,
    String images,
    String records,
    Optional<String> rateLimit,
    Optional<String> labels) {}
