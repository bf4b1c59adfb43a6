package dev.cutline.core;

import dev.cutline.ImageData;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.MetadataStripper;

/** Takes off a file what is private, without touching its pixels. Thread-safe. */
final class CleanStep {
  private final MetadataStripper stripper = new MetadataStripper();
  private final Progress progress;

  CleanStep(Progress progress) {
    this.progress = progress;
  }

  /** Returns the picture as it is stored. */
  ImageData clean(String owner, byte[] file, ImageInfo info) {
    byte[] clean = stripper.strip(file, info);
    progress.done(owner, null, Step.CLEANED, file.length - clean.length + " bytes off");
    return ImageData.wrap(clean, info.format(), info.width(), info.height());
  }
}
