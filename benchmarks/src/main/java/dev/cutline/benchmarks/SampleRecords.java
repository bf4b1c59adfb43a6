package dev.cutline.benchmarks;

import dev.cutline.Attempt;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Outcome;
import dev.cutline.StorageState;
import dev.cutline.Usage;
import dev.cutline.jdbc.JdbcRecordStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/** Records such as years of captioning leave behind; the same for the same size and seed. */
final class SampleRecords {
  static final String OWNER = "local";

  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(3 * 365);
  private static final int SMALL_OWNERS = 100;
  private static final int VOCABULARY = 10_000;
  private static final int BATCH = 2_000;
  private static final String[] SYLLABLES = {
    "ba", "ber", "bo", "ca", "cel", "da", "do", "er", "fa", "fi", "ga", "gen", "ha", "hil", "in",
    "ka", "la", "li", "lor", "ma", "mi", "mon", "na", "ner", "o", "pa", "pe", "ra", "ri", "sa",
    "sel", "sta", "ta", "ten", "ter", "u", "va", "vi", "wa", "zo"
  };
  private static final String[] TAGS = {"sea", "family", "work", "holiday", "archive", "print"};

  private final int size;
  private final long seed;
  private final boolean smallOwners;
  private final List<String> words;

  SampleRecords(int size, long seed) {
    this(size, seed, true);
  }

  private SampleRecords(int size, long seed, boolean smallOwners) {
    this.size = size;
    this.seed = seed;
    this.smallOwners = smallOwners;
    Random random = new Random(seed);
    TreeSet<String> distinct = new TreeSet<>();
    while (distinct.size() < VOCABULARY) {
      StringBuilder word = new StringBuilder();
      for (int i = 2 + random.nextInt(3); i > 0; i--) {
        word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
      }
      distinct.add(word.toString());
    }
    this.words = new ArrayList<>(distinct);
    Collections.shuffle(words, random);
  }

  /** Returns records all of which belong to {@link #OWNER}. */
  static SampleRecords ofOneOwner(int size, long seed) {
    return new SampleRecords(size, seed, false);
  }

  int size() {
    return size;
  }

  void fill(JdbcRecordStore store) {
    List<ImageRecord> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(record(i));
      if (batch.size() == BATCH || i == size - 1) {
        store.createAll(batch);
        batch.clear();
      }
    }
  }

  /** Returns when a record was created: evenly over the years. */
  Instant time(int index) {
    return START.plusMillis(SPAN.toMillis() / size * index);
  }

  String id(int index) {
    Random random = new Random(seed * 31 + index);
    long high = time(index).toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000);
    long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  String sha256(Random random) {
    return sha256(random.nextInt(size));
  }

  String tag(Random random) {
    return TAGS[random.nextInt(TAGS.length)];
  }

  String title(Random random) {
    return record(random.nextInt(size)).title().orElseThrow();
  }

  /** Returns one of the ten most frequent words. */
  String frequent(Random random) {
    return words.get(random.nextInt(10));
  }

  /** Returns a word that is in about one record of a hundred. */
  String middling(Random random) {
    return words.get(200 + random.nextInt(300));
  }

  /** Returns one of the rarest words. */
  String rare(Random random) {
    return words.get(VOCABULARY - 1 - random.nextInt(VOCABULARY / 2));
  }

  /** Returns the first letters of a word. */
  String word(Random random, int letters) {
    return words.get(random.nextInt(1_000)).substring(0, letters);
  }

  static String smallOwner(Random random) {
    return "owner " + random.nextInt(SMALL_OWNERS);
  }

  /** Returns one of the records, new and not yet in any store. */
  ImageRecord record(int index) {
    Random random = new Random(seed * 17 + index);
    Instant time = time(index);
    CaptionState state = state(random.nextInt(100));
    String weather = random.nextInt(10) == 0 ? (index % 2 == 0 ? "sunrise" : "sunset") : "clouds";
    String place = index % 2 == 0 ? "indoors" : "outdoors";
    List<CaptionVersion> captions = new ArrayList<>();
    List<CaptionRun> runs = new ArrayList<>();
    if (state != CaptionState.PENDING) {
      captions.add(caption(1, CaptionStyle.CONCISE, text(random, 7), time));
      captions.add(
          caption(2, CaptionStyle.CREATIVE, "A photograph: " + text(random, 20) + ".", time));
      captions.add(caption(3, CaptionStyle.ALT, text(random, 12) + ", " + weather, time));
      runs.add(run(index, time));
    }
    List<String> tags = new ArrayList<>(List.of(TAGS[random.nextInt(TAGS.length)]));
    if (random.nextInt(3) == 0) {
      tags.add("album " + random.nextInt(500));
    }
    String owner = random.nextInt(10) == 0 && smallOwners ? smallOwner(random) : OWNER;
    return ImageRecord.builder(owner, id(index))
        .storageState(StorageState.STORED)
        .captionState(state)
        .createdAt(time)
        .updatedAt(time)
        .fileName("IMG_" + index + ".jpg")
        .title((random.nextInt(3) == 0 ? "Holiday in " : "") + text(random, 3))
        .description(text(random, 8))
        .tags(tags)
        .format(ImageFormat.JPEG)
        .dimensions(4000, 3000)
        .size(3_000_000)
        .sha256(sha256(index))
        .perceptualHash(random.nextLong())
        .languages(random.nextInt(4) == 0 ? List.of("en", "de") : List.of("en"))
        .labels(
            List.of(
                Label.of(text(random, 1), 0.9), Label.of(text(random, 1), 0.8), Label.of(place, 1)))
        .captions(captions)
        .lastCaptionNumber(captions.size())
        .runs(runs)
        .needsReview(random.nextInt(20) == 0)
        .build();
  }

  private static CaptionState state(int percent) {
    if (percent == 0) {
      return CaptionState.FAILED;
    }
    return percent < 6
        ? CaptionState.DESCRIBED
        : percent < 10 ? CaptionState.PENDING : CaptionState.CAPTIONED;
  }

  private static CaptionVersion caption(
      long number, CaptionStyle style, String text, Instant time) {
    return CaptionVersion.builder(number, style, "en", text, CaptionVersion.Author.MODEL)
        .rung("primary")
        .provider("openai")
        .model("model-1")
        .promptVersion("1")
        .costUsd(new BigDecimal("0.000123"))
        .createdAt(time)
        .build();
  }

  private CaptionRun run(int index, Instant time) {
    return CaptionRun.builder("en", time)
        .rung("primary")
        .provider(index % 3 == 0 ? "palette" : "openai")
        .model("model-1")
        .latency(Duration.ofMillis(800))
        .usage(new Usage(1200, 90))
        .costUsd(new BigDecimal("0.000369"))
        .trail(
            List.of(
                Attempt.builder("primary", "openai", Outcome.OK)
                    .model("model-1")
                    .elapsed(Duration.ofMillis(800))
                    .usage(new Usage(1200, 90))
                    .sentSha256(sha256(index))
                    .build()))
        .build();
  }

  private static String sha256(int index) {
    return "%064x".formatted(index * 0x9e3779b97f4a7c15L);
  }

  /**
   * Returns words as frequent as in language: the hundredth is a tenth as frequent as the tenth.
   */
  private String text(Random random, int length) {
    List<String> text = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      // the inverse of a sum of 1/n is exponential
      double rank = Math.pow(VOCABULARY, random.nextDouble());
      text.add(words.get(Math.min(VOCABULARY, (int) rank) - 1));
    }
    return String.join(" ", text);
  }
}
