package dev.cutline.storage.dynamodb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A walk down ids, newest first. Goes forward only. Not safe for several threads. */
interface IdWalk {
  /** Returns the highest id that is not above a bound; null if there is none. */
  @Nullable String seek(String atMost);

  /** Returns a walk along the ids that all of some walks have. */
  static IdWalk all(List<? extends IdWalk> walks) {
    return atMost -> {
      String candidate = atMost;
      boolean agreed = false;
      while (!agreed) {
        agreed = true;
        for (IdWalk walk : walks) {
          String id = walk.seek(candidate);
          if (id == null) {
            return null;
          }
          agreed &= id.equals(candidate);
          candidate = id;
        }
      }
      return candidate;
    };
  }

  /** Returns a walk along the ids that either walk has. */
  static IdWalk either(IdWalk one, IdWalk other) {
    return atMost -> {
      String first = one.seek(atMost);
      String second = other.seek(atMost);
      if (first == null || second == null) {
        return first == null ? second : first;
      }
      return first.compareTo(second) >= 0 ? first : second;
    };
  }
}
