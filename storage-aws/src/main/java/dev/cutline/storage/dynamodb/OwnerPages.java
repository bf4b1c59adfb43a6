package dev.cutline.storage.dynamodb;

import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.RecordMatcher;
import dev.cutline.spi.StoreArguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Pages of an owner's pictures, all read in the owner's partition and as they are now. Without
 * conditions, a page is one walk down the records. With conditions, it is a walk down the lists
 * that all have to hold an id, each skipping to where the others are; then the records tell.
 */
final class OwnerPages {
  /** Of entries of hashes in one range: {@link dev.cutline.RecordStore#similar}. */
  private static final int MOST_OF_RANGE = 10_000;

  private static final int MOST_AT_ONCE = 100;

  /** Sorts after every id. */
  private static final String AFTER_ALL = "g";

  private static final String BEFORE_ALL = "";

  private final Table table;

  OwnerPages(Table table) {
    this.table = table;
  }

  RecordPage query(RecordQuery query) {
    String cursor = query.cursor().orElse(null);
    if (cursor != null && !Keys.isId(cursor)) {
      throw Pages.badCursor(cursor);
    }
    query.text().ifPresent(text -> StoreArguments.unicode(text, "the text to find"));
    Search search = new Search(query);
    RecordMatcher matcher = new RecordMatcher(query);
    String from = cursor == null ? AFTER_ALL : Keys.below(cursor);
    int limit = query.limit();
    List<ImageRecord> found = new ArrayList<>();
    int wanted = limit + 1;
    while (found.size() <= limit) {
      List<String> ids = new ArrayList<>();
      for (String id = search.walk.seek(from); id != null; id = next(search, ids, wanted)) {
        ids.add(id);
        from = Keys.below(id);
        if (ids.size() == wanted) {
          break;
        }
      }
      if (ids.isEmpty()) {
        return RecordPage.of(found, null);
      }
      for (Map<String, AttributeValue> item : search.records(ids)) {
        if (!RecordItems.isTombstone(item)) {
          ImageRecord record = RecordItems.record(item);
          if (matcher.test(record)) {
            found.add(record);
          }
        }
      }
      // So many did not meet the conditions that looking at a few at a time would take long.
      wanted = Math.min(MOST_AT_ONCE, Math.max(limit + 1 - found.size(), wanted));
    }
    return RecordPage.of(found.subList(0, limit), found.get(limit - 1).id());
  }

  private static @Nullable String next(Search search, List<String> ids, int wanted) {
    return ids.size() == wanted ? null : search.walk.seek(Keys.below(ids.get(ids.size() - 1)));
  }

  /** What is walked along to answer a query. */
  private final class Search {
    final IdWalk walk;
    private final String pk;
    private final @Nullable ListWalk records;

    Search(RecordQuery query) {
      this.pk = Keys.owner(query.owner());
      Set<String> lists = SearchEntries.of(query);
      boolean dated = query.from().isPresent() || query.to().isPresent();
      String low =
          query.from().map(from -> Keys.firstId(minus(Times.ceilMillis(from)))).orElse(BEFORE_ALL);
      String high = query.to().map(to -> Keys.lastId(plus(Times.ceilMillis(to)))).orElse(AFTER_ALL);
      int limit = query.limit() + 1;
      IdWalk main;
      if (lists.isEmpty()) {
        this.records = new ListWalk(table, pk, Keys.IMAGE, low, limit);
        main = records;
      } else {
        this.records = null;
        main = IdWalk.all(lists.stream().map(list -> entries(list, low, limit)).toList());
      }
      this.walk = dated ? IdWalk.either(atMost(main, high), odd(lists, limit)) : main;
    }

    private ListWalk entries(String list, String low, int limit) {
      return new ListWalk(table, pk, list + "#", low, limit);
    }

    /** Records whose id tells nothing of their time of creation: wherever they are. */
    private IdWalk odd(Set<String> lists, int limit) {
      List<ListWalk> walks = new ArrayList<>();
      walks.add(entries(SearchEntries.ODD_TIME, BEFORE_ALL, limit));
      lists.forEach(list -> walks.add(entries(list, BEFORE_ALL, limit)));
      return IdWalk.all(walks);
    }

    private static IdWalk atMost(IdWalk walk, String high) {
      return bound -> walk.seek(bound.compareTo(high) < 0 ? bound : high);
    }

    /** Returns the items of records, in order; those that are gone are left out. */
    List<Map<String, AttributeValue>> records(List<String> ids) {
      Map<String, Map<String, AttributeValue>> items = new HashMap<>();
      List<Map<String, AttributeValue>> missing = new ArrayList<>();
      for (String id : ids) {
        Map<String, AttributeValue> item = records == null ? Map.of() : records.item(id);
        if (item.isEmpty()) {
          missing.add(Keys.key(pk, Keys.IMAGE + id));
        } else {
          items.put(Keys.IMAGE + id, item);
        }
      }
      items.putAll(table.get(missing));
      List<Map<String, AttributeValue>> ordered = new ArrayList<>();
      for (String id : ids) {
        Map<String, AttributeValue> item = items.get(Keys.IMAGE + id);
        if (item != null) {
          ordered.add(item);
        }
      }
      return ordered;
    }
  }

  private static long minus(long millis) {
    return millis < Long.MIN_VALUE + SearchEntries.MAX_SKEW_MILLIS
        ? millis
        : millis - SearchEntries.MAX_SKEW_MILLIS;
  }

  private static long plus(long millis) {
    return millis > Long.MAX_VALUE - SearchEntries.MAX_SKEW_MILLIS
        ? millis
        : millis + SearchEntries.MAX_SKEW_MILLIS;
  }

  List<ImageRecord> similar(String owner, long hash, int distance, int limit) {
    String pk = Keys.owner(owner);
    List<Found> found = nearest(pk, hash, distance, limit);
    List<ImageRecord> records = new ArrayList<>();
    for (int from = 0; from < found.size() && records.size() < limit; ) {
      int to = Math.min(found.size(), from + limit - records.size());
      List<Found> some = found.subList(from, to);
      Map<String, Map<String, AttributeValue>> items =
          table.get(some.stream().map(each -> Keys.key(pk, Keys.IMAGE + each.id())).toList());
      for (Found each : some) {
        Map<String, AttributeValue> item = items.get(Keys.IMAGE + each.id());
        if (item != null && !RecordItems.isTombstone(item)) {
          ImageRecord record = RecordItems.record(item);
          if (SearchEntries.of(record).contains(each.list(0))) {
            records.add(record);
          }
        }
      }
      from = to;
    }
    return List.copyOf(records);
  }

  private List<Found> nearest(String pk, long hash, int distance, int limit) {
    // Any number of pictures may have the same hash, and then these are the nearest.
    List<Found> same = range(pk, HashBands.ranges(hash, 0).get(0), hash, limit);
    if (same.size() == limit || distance == 0) {
      return same;
    }
    Map<String, Found> found = new HashMap<>();
    for (HashBands.Range range : HashBands.ranges(hash, distance)) {
      for (Found each : range(pk, range, hash, MOST_OF_RANGE)) {
        if (each.distance() <= distance) {
          found.put(each.id(), each);
        }
      }
    }
    same.forEach(each -> found.put(each.id(), each));
    return sorted(found.values());
  }

  private static List<Found> sorted(Collection<Found> found) {
    return found.stream()
        .sorted(
            Comparator.comparingInt(Found::distance)
                .thenComparing(Comparator.comparing(Found::id).reversed()))
        .toList();
  }

  private List<Found> range(String pk, HashBands.Range range, long hash, int limit) {
    List<Found> found = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page =
          table.query(
              QueryRequest.builder()
                  .keyConditionExpression("PK = :pk AND SK BETWEEN :low AND :high")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk",
                          Attributes.text(pk),
                          ":low",
                          Attributes.text(SearchEntries.hash(range.band(), range.first())),
                          ":high",
                          Attributes.text(SearchEntries.hash(range.band(), range.last()) + "~")))
                  .scanIndexForward(false)
                  .consistentRead(true)
                  .limit(limit - found.size())
                  .exclusiveStartKey(start));
      for (Map<String, AttributeValue> item : page.items()) {
        found.add(Found.of(Attributes.text(item, Keys.SK), range.band(), hash));
      }
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty() && found.size() < limit);
    return found;
  }

  /** A picture and how far it is off. */
  private record Found(String id, long hash, int distance) {
    static Found of(String sortKey, int band, long asked) {
      String[] parts = sortKey.split("#", -1);
      long entry = Long.parseUnsignedLong(parts[2], 16) ^ Long.MIN_VALUE;
      long hash = HashBands.hash(entry, band);
      return new Found(parts[3], hash, HashBands.distance(hash, asked));
    }

    String list(int band) {
      return SearchEntries.hash(band, HashBands.entry(hash, band));
    }
  }
}
