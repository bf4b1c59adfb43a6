package dev.cutline.core;

import dev.cutline.ObjectPage;
import dev.cutline.StoreException;
import dev.cutline.VersionConflictException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the captions that wait for the record store to their records. Any number of processes may
 * do so at once: who comes second finds them there. Thread-safe.
 */
final class LateCaptions {
  private static final Logger LOG = LoggerFactory.getLogger(LateCaptions.class);

  private final UnwrittenCaptions unwritten;
  private final CaptionWriter writer;

  LateCaptions(UnwrittenCaptions unwritten, CaptionWriter writer) {
    this.unwritten = unwritten;
    this.writer = writer;
  }

  /**
   * What came of it.
   *
   * @param written pictures that have their captions now
   * @param left what waits for the next time; with a store that cannot be reached, nobody goes on
   *     to the others
   */
  record Result(int written, int left) {}

  Result write() {
    Tally tally = new Tally();
    try {
      String cursor = null;
      do {
        ObjectPage page = unwritten.page(cursor);
        for (ObjectPage.Item item : page.items()) {
          write(item.key(), tally);
        }
        cursor = page.nextCursor().orElse(null);
      } while (cursor != null);
    } catch (StoreException e) {
      LOG.warn("captions cannot be written to their records yet: {}", e.getMessage());
      tally.left++;
    }
    return new Result(tally.written, tally.left);
  }

  /** Throws what is the matter with the whole store; what is with one record is one left. */
  private void write(String key, Tally tally) {
    try {
      tally.written += write(key) ? 1 : 0;
    } catch (VersionConflictException e) {
      LOG.warn("captions under {} wait for the next time: {}", key, e.getMessage());
      tally.left++;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.CORRUPT) {
        throw e;
      }
      LOG.warn("captions under {} wait for the next time: {}", key, e.getMessage());
      tally.left++;
    }
  }

  /** Tells whether a record has its captions now that had not. */
  private boolean write(String key) {
    Optional<Unwritten> captions = unwritten.read(key);
    boolean written = captions.isPresent() && write(captions.get());
    unwritten.forget(key);
    return written;
  }

  private boolean write(Unwritten captions) {
    try {
      writer.writeLate(captions);
      LOG.info("{} has the captions now that could not be written", captions.imageId());
      return true;
    } catch (NotFoundException e) {
      LOG.debug("{} was deleted before its captions were written", captions.imageId());
      return false;
    }
  }

  /** Counts on the way. */
  private static final class Tally {
    private int written;
    private int left;
  }
}
