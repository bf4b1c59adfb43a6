package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of stores of images share. */
abstract class ImageStoreChecks extends OpenedStores<ImageStore> {
  ImageStoreChecks(ImageStoreContract contract) {
    super(contract::open, contract::again);
  }

  final Optional<byte[]> bytes(String key) {
    return store()
        .get(key)
        .map(
            object -> {
              try (object) {
                return object.readAll();
              }
            });
  }

  /** Follows cursors to the end, and checks on the way that pages are as long as they may be. */
  final List<String> keys(String prefix, int limit) {
    List<String> keys = new ArrayList<>();
    String cursor = null;
    do {
      ObjectPage page = store().list(prefix, cursor, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      if (page.nextCursor().isPresent()) {
        assertThat(page.items()).as("a page that is not the last is full").hasSize(limit);
      }
      page.items().forEach(item -> keys.add(item.key()));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    return keys;
  }

  static ImageData image(int size, int seed) {
    return image(ImageFormat.JPEG, size, seed);
  }

  static ImageData image(ImageFormat format, int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return ImageData.wrap(bytes, format, 1, 1);
  }

  static void assertRefused(String what, ThrowingCallable call) {
    assertThatThrownBy(call).as("<%s>", what).isInstanceOf(IllegalArgumentException.class);
  }
}
