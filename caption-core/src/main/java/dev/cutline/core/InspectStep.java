package dev.cutline.core;

import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.ImageInspector;

/** Tells what a file is, by its content, and refuses it before anything is decoded. Thread-safe. */
final class InspectStep {
  private final ImageInspector inspector;
  private final Progress progress;

  InspectStep(ImageInspector inspector, Progress progress) {
    this.inspector = inspector;
    this.progress = progress;
  }

  ImageInfo inspect(String owner, byte[] file) {
    ImageInfo info = inspector.inspect(file);
    progress.done(owner, null, Step.INSPECTED, info.toString());
    return info;
  }
}
