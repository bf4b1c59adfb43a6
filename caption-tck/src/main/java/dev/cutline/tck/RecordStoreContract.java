package dev.cutline.tck;

import dev.cutline.RecordStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link RecordStore} has to do, with its cache and its ledger. Extend it beside the
 * store and implement {@link #open}; JUnit finds the tests, grouped as nested classes.
 *
 * <pre>{@code
 * class MyRecordStoreTest extends RecordStoreContract {
 *   @Override
 *   protected RecordStore open(InstantSource clock) {
 *     return new MyRecordStore(freshFolder(), clock);
 *   }
 * }
 * }</pre>
 *
 * <p>Random tests name their seed when they fail; the system property {@code cutline.tck.seed}
 * repeats it.
 */
public abstract class RecordStoreContract {
  /**
   * Returns a new, empty store that shares nothing with those before it. The contract closes it.
   *
   * @param clock dates what the store dates by itself, which are remembered answers
   */
  protected abstract RecordStore open(InstantSource clock) throws Exception;

  /**
   * Returns another instance on the data of {@code store}, as another process would have it, or
   * {@code store} itself where data lives in the instance. Its clock is that of {@code store}. The
   * contract closes it.
   */
  protected RecordStore again(RecordStore store) throws Exception {
    return store;
  }

  /** Records one at a time: create, find, update, delete, versions of captions, tombstones. */
  @Nested
  public class Records extends RecordChecks {
    public Records() {
      super(RecordStoreContract.this);
    }
  }

  /** Any text and any value comes back as it went in. */
  @Nested
  public class Values extends ValueChecks {
    public Values() {
      super(RecordStoreContract.this);
    }
  }

  /** Pages: order, cursors, states. */
  @Nested
  public class Pages extends PageChecks {
    public Pages() {
      super(RecordStoreContract.this);
    }
  }

  /** Pages of what meets conditions. */
  @Nested
  public class Filters extends FilterChecks {
    public Filters() {
      super(RecordStoreContract.this);
    }
  }

  /** Pages of what holds words. */
  @Nested
  public class Words extends WordChecks {
    public Words() {
      super(RecordStoreContract.this);
    }
  }

  /** Random work and random queries against a naive model. */
  @Nested
  public class Model extends ModelChecks {
    public Model() {
      super(RecordStoreContract.this);
    }
  }

  /** Pages of work for {@code reconcile}, over all owners. */
  @Nested
  public class Unfinished extends UnfinishedChecks {
    public Unfinished() {
      super(RecordStoreContract.this);
    }
  }

  /** Several threads, and several instances where the store has them. */
  @Nested
  public class Contention extends ContentionChecks {
    public Contention() {
      super(RecordStoreContract.this);
    }
  }

  /** Pictures that look nearly the same. */
  @Nested
  public class Similar extends SimilarChecks {
    public Similar() {
      super(RecordStoreContract.this);
    }
  }

  /** The cache of answers. */
  @Nested
  public class Cache extends CaptionCacheChecks {
    public Cache() {
      super(RecordStoreContract.this);
    }
  }

  /** The ledger of money. */
  @Nested
  public class Ledger extends BudgetLedgerChecks {
    public Ledger() {
      super(RecordStoreContract.this);
    }
  }
}
