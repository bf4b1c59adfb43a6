package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.spi.SearchWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random work on a store and on a map; then both have to answer every query alike. */
abstract class ModelChecks extends StoreChecks {
  private static final String[] OWNERS = {"alice", "Alice", "bob'"};
  private static final String[] WORDS = {
    "cat",
    "cats",
    "category",
    "Caf\u00e9",
    "CAFE",
    "dog",
    "do",
    "\u732b",
    "\u732b\u72ac",
    "NOT",
    "x-ray",
    "don't",
    "2026",
    "20",
    "\u05e9\u05dc\u05d5\u05dd",
    "\uD83D\uDE80",
    "\"",
    "*",
    "a"
  };
  private static final String[] LANGUAGES = {"en", "de", "pt-BR", "pt"};
  private static final String[] PROVIDERS = {"openai", "palette", "bedrock"};

  ModelChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void answersEveryQueryAsANaiveModelWould() {
    Seeds.run(
        random -> {
          Map<String, ImageRecord> model = new TreeMap<>();
          for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 40; i++) {
              change(model, random);
            }
            for (int i = 0; i < 60; i++) {
              RecordQuery query = query(model.values(), random);
              assertThat(all(query)).as(describe(query)).isEqualTo(expected(model, query));
            }
          }
        });
  }

  private void change(Map<String, ImageRecord> model, Random random) {
    int dice = random.nextInt(10);
    if (dice < 6 || model.isEmpty()) {
      // few milliseconds, so that many share one
      String id = Samples.id(Samples.NOON.plusMillis(random.nextInt(100)), random);
      ImageRecord.Builder record =
          Samples.record(pick(OWNERS, random), id)
              .createdAt(Samples.NOON.plusMillis(random.nextInt(100)));
      ImageRecord created = store().create(fill(record, random).build());
      model.put(created.owner() + "\n" + created.id(), created);
      return;
    }
    ImageRecord record = pick(new ArrayList<>(model.values()), random);
    String key = record.owner() + "\n" + record.id();
    if (dice < 9) {
      model.put(key, store().update(fill(record.toBuilder(), random).build(), List.of()));
    } else {
      store().delete(record, Samples.NOON);
      model.remove(key);
    }
  }

  private static ImageRecord.Builder fill(ImageRecord.Builder record, Random random) {
    List<String> languages = shuffled(LANGUAGES, random).subList(0, 1 + random.nextInt(2));
    List<CaptionRun> runs = new ArrayList<>();
    List<CaptionVersion> captions = new ArrayList<>();
    for (String language : shuffled(LANGUAGES, random).subList(0, random.nextInt(3))) {
      runs.add(
          CaptionRun.builder(language, Samples.NOON)
              .provider(random.nextInt(4) == 0 ? null : pick(PROVIDERS, random))
              .build());
      captions.add(
          CaptionVersion.builder(
                  1, CaptionStyle.ALT, language, phrase(random), CaptionVersion.Author.MODEL)
              .build());
    }
    return record
        .storageState(
            random.nextInt(6) == 0 ? pick(StorageState.values(), random) : StorageState.STORED)
        .captionState(pick(CaptionState.values(), random))
        .needsReview(random.nextInt(4) == 0)
        .title(random.nextInt(4) == 0 ? null : phrase(random))
        .description(random.nextInt(2) == 0 ? null : phrase(random))
        .tags(random.nextInt(2) == 0 ? List.of() : List.of(phrase(random), pick(WORDS, random)))
        .labels(
            random.nextInt(2) == 0
                ? List.of()
                : List.of(
                    Label.builder(pick(WORDS, random), 0.5).parents(List.of("parent")).build()))
        .languages(languages)
        .runs(runs)
        .captions(captions)
        .sha256(Integer.toString(random.nextInt(5)).repeat(64));
  }

  private static RecordQuery query(Collection<ImageRecord> records, Random random) {
    RecordQuery.Builder query =
        RecordQuery.builder(pick(OWNERS, random)).limit(1 + random.nextInt(20));
    List<ImageRecord> list = new ArrayList<>(records);
    // a quarter of the conditions each, so that many queries combine a few of them
    if (random.nextInt(3) == 0) {
      query.text(start(phrase(random), random));
    }
    if (random.nextInt(4) == 0) {
      query.tag(pick(WORDS, random));
    }
    if (random.nextInt(4) == 0 && !list.isEmpty()) {
      String title = pick(list, random).title().orElse("cat");
      query.titlePrefix(start(title, random).toUpperCase(Locale.ROOT));
    }
    if (random.nextInt(4) == 0) {
      query.captionState(pick(CaptionState.values(), random));
    }
    if (random.nextInt(4) == 0) {
      query.needsReview(random.nextBoolean());
    }
    if (random.nextInt(4) == 0) {
      query.provider(pick(PROVIDERS, random));
    }
    if (random.nextInt(4) == 0) {
      query.language(pick(LANGUAGES, random));
    }
    if (random.nextInt(8) == 0) {
      query.sha256(Integer.toString(random.nextInt(6)).repeat(64));
    }
    if (random.nextInt(4) == 0) {
      query.from(Samples.NOON.plusMillis(random.nextInt(100)));
    }
    if (random.nextInt(4) == 0) {
      query.to(Samples.NOON.plusMillis(random.nextInt(100)));
    }
    return query.build();
  }

  private static List<ImageRecord> expected(Map<String, ImageRecord> model, RecordQuery query) {
    return model.values().stream()
        .filter(record -> matches(record, query))
        .sorted(Comparator.comparing(ImageRecord::id).reversed())
        .toList();
  }

  private static boolean matches(ImageRecord record, RecordQuery query) {
    return record.owner().equals(query.owner())
        && record.storageState() == StorageState.STORED
        && query.text().map(text -> hasWords(record, text)).orElse(true)
        && query.tag().map(record.tags()::contains).orElse(true)
        && query.titlePrefix().map(prefix -> startsWith(record, prefix)).orElse(true)
        && query.captionState().map(state -> record.captionState() == state).orElse(true)
        && query.needsReview().map(needs -> record.needsReview() == needs).orElse(true)
        && query.provider().map(provider -> answered(record, provider)).orElse(true)
        && query.language().map(record.languages()::contains).orElse(true)
        && query.sha256().map(record.sha256()::equals).orElse(true)
        && query.from().map(from -> !record.createdAt().isBefore(from)).orElse(true)
        && query.to().map(to -> record.createdAt().isBefore(to)).orElse(true);
  }

  private static boolean hasWords(ImageRecord record, String text) {
    List<String> words = new ArrayList<>();
    record.title().ifPresent(title -> words.addAll(SearchWords.of(title)));
    record.description().ifPresent(description -> words.addAll(SearchWords.of(description)));
    record.tags().forEach(tag -> words.addAll(SearchWords.of(tag)));
    record.labels().forEach(label -> words.addAll(SearchWords.of(label.name())));
    record.captions().forEach(caption -> words.addAll(SearchWords.of(caption.text())));
    List<String> wanted = SearchWords.of(text);
    if (wanted.isEmpty()) {
      return true;
    }
    String last = wanted.get(wanted.size() - 1);
    return words.containsAll(wanted.subList(0, wanted.size() - 1))
        && words.stream().anyMatch(word -> word.startsWith(last));
  }

  private static boolean startsWith(ImageRecord record, String prefix) {
    return record.title().map(title -> lower(title).startsWith(lower(prefix))).orElse(false);
  }

  private static boolean answered(ImageRecord record, String provider) {
    return record
        .run(record.languages().get(0))
        .flatMap(CaptionRun::provider)
        .map(provider::equals)
        .orElse(false);
  }

  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 32));
      }
    }
    return lower.toString();
  }

  private static String phrase(Random random) {
    StringBuilder phrase = new StringBuilder(pick(WORDS, random));
    while (random.nextInt(2) == 0) {
      phrase.append(' ').append(pick(WORDS, random));
    }
    return phrase.toString();
  }

  /** Returns at least one character of a text, never half of one. */
  private static String start(String text, Random random) {
    int characters = 1 + random.nextInt(text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, characters));
  }

  private static String describe(RecordQuery query) {
    return String.join(
        " ",
        query.owner(),
        "text=" + query.text(),
        "tag=" + query.tag(),
        "titlePrefix=" + query.titlePrefix(),
        "captionState=" + query.captionState(),
        "needsReview=" + query.needsReview(),
        "provider=" + query.provider(),
        "language=" + query.language(),
        "sha256=" + query.sha256(),
        "from=" + query.from(),
        "to=" + query.to(),
        "limit=" + query.limit());
  }

  private static <T> T pick(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static <T> List<T> shuffled(T[] values, Random random) {
    List<T> list = new ArrayList<>(List.of(values));
    Collections.shuffle(list, random);
    return list;
  }
}
