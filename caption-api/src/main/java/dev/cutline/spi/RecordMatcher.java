package dev.cutline.spi;

import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells whether a record meets every condition of a query: for stores that look at records one by
 * one, or whose index tells no more than what is worth looking at.
 */
public final class RecordMatcher implements Predicate<ImageRecord> {
  private final RecordQuery query;
  private final List<String> words;

  public RecordMatcher(RecordQuery query) {
    this.query = query;
    this.words = query.text().map(SearchWords::of).orElse(List.of());
  }

  @Override
  public boolean test(ImageRecord record) {
    return record.owner().equals(query.owner())
        && record.storageState() == StorageState.STORED
        && holds(query.captionState(), state -> record.captionState() == state)
        && holds(query.needsReview(), review -> record.needsReview() == review)
        && holds(query.from(), from -> !record.createdAt().isBefore(from))
        && holds(query.to(), to -> record.createdAt().isBefore(to))
        && holds(query.sha256(), record.sha256()::equals)
        && holds(query.tag(), record.tags()::contains)
        && holds(query.language(), record.languages()::contains)
        && holds(query.provider(), provider -> answeredBy(record, provider))
        && holds(query.titlePrefix(), prefix -> titleStartsWith(record, prefix))
        && (words.isEmpty() || hasWords(record));
  }

  private static <T> boolean holds(Optional<T> condition, Predicate<T> test) {
    return condition.map(test::test).orElse(true);
  }

  private static boolean answeredBy(ImageRecord record, String provider) {
    return record
        .run(record.languages().get(0))
        .flatMap(run -> run.provider())
        .filter(provider::equals)
        .isPresent();
  }

  private static boolean titleStartsWith(ImageRecord record, String prefix) {
    return record
        .title()
        .filter(title -> asciiFolded(title).startsWith(asciiFolded(prefix)))
        .isPresent();
  }

  /** Letters beyond ASCII stand as they are: that is all that every database can do alike. */
  private static String asciiFolded(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return folded.toString();
  }

  private boolean hasWords(ImageRecord record) {
    Set<String> present = SearchWords.of(record);
    String last = words.get(words.size() - 1);
    return present.containsAll(words.subList(0, words.size() - 1))
        && present.stream().anyMatch(word -> word.startsWith(last));
  }
}
