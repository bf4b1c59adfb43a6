package dev.cutline.tck;

import dev.cutline.ImageStore;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link ImageStore} has to do. Extend it beside the store and implement {@link
 * #open()}; JUnit finds the tests, grouped as nested classes.
 *
 * <pre>{@code
 * class MyImageStoreTest extends ImageStoreContract {
 *   @Override
 *   protected ImageStore open() {
 *     return new MyImageStore(freshFolder());
 *   }
 * }
 * }</pre>
 *
 * <p>Random tests name their seed when they fail; the system property {@code cutline.tck.seed}
 * repeats it. That what is stored survives a crash of the machine cannot be tested from here: show
 * it beside the store.
 */
public abstract class ImageStoreContract {
  /**
   * Returns a new, empty store that shares nothing with those before it. The contract closes it.
   */
  protected abstract ImageStore open() throws Exception;

  /**
   * Returns another instance on the objects of {@code store}, as another process would have it, or
   * {@code store} itself where objects live in the instance. The contract closes it.
   */
  protected ImageStore again(ImageStore store) throws Exception {
    return store;
  }

  /** Objects one at a time. */
  @Nested
  public class Objects extends ObjectChecks {
    public Objects() {
      super(ImageStoreContract.this);
    }
  }

  /** What is a key, and what is none. */
  @Nested
  public class Keys extends ObjectKeyChecks {
    public Keys() {
      super(ImageStoreContract.this);
    }
  }

  /** Pages of keys. */
  @Nested
  public class Pages extends ObjectPageChecks {
    public Pages() {
      super(ImageStoreContract.this);
    }
  }

  /** Several threads and instances. */
  @Nested
  public class Contention extends ObjectContentionChecks {
    public Contention() {
      super(ImageStoreContract.this);
    }
  }
}
