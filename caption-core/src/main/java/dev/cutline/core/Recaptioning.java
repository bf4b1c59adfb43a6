package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.imaging.ImageInfo;
import java.util.List;
import java.util.Set;

/** Captions stored pictures again, from the stored original. Thread-safe. */
final class Recaptioning {
  private final ImageStore images;
  private final Catalogue catalogue;
  private final Admission admission;
  private final InspectStep inspecting;
  private final RenderStep rendering;
  private final Captioning captioning;

  Recaptioning(
      ImageStore images,
      Catalogue catalogue,
      Admission admission,
      InspectStep inspecting,
      RenderStep rendering,
      Captioning captioning) {
    this.images = images;
    this.catalogue = catalogue;
    this.admission = admission;
    this.inspecting = inspecting;
    this.rendering = rendering;
    this.captioning = captioning;
  }

  ImageRecord run(String owner, String id, Recaption options) {
    ImageRecord record = catalogue.get(owner, id);
    Set<CaptionStyle> styles = options.styles().isEmpty() ? record.styles() : options.styles();
    List<String> languages =
        options.languages().isEmpty() ? record.languages() : options.languages();
    ImageData model = admission.holding(record.size(), () -> render(record));
    return captioning.caption(
        record, model, styles, languages, options.useCache(), options.budget().orElse(null));
  }

  private ImageData render(ImageRecord record) {
    byte[] file = read(record);
    ImageInfo info = inspecting.inspect(record.owner(), file);
    return rendering.render(record.owner(), file, info).model();
  }

  private byte[] read(ImageRecord record) {
    String key = ObjectKeys.of(record.owner(), record.id(), Rendition.ORIGINAL, record.format());
    try (StoredObject object = images.get(key).orElseThrow(() -> gone(record, key))) {
      return object.readAll();
    }
  }

  /**
   * Most likely it was deleted a moment ago; if the record is still there, the store has lost
   * something.
   */
  private RuntimeException gone(ImageRecord record, String key) {
    return catalogue.find(record.owner(), record.id()).isEmpty()
        ? NotFoundException.image(record.id())
        : new StoreException(StoreException.Kind.CORRUPT, "the image store has lost " + key);
  }
}
