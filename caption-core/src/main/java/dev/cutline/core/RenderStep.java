package dev.cutline.core;

import dev.cutline.core.chain.JpegFitter;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.Renderer;
import dev.cutline.imaging.Renditions;

/** Makes the renditions of a picture, as memory admits. Thread-safe. */
final class RenderStep {
  private final Renderer renderer;
  private final Admission admission;
  private final JpegFitter fitter;
  private final Progress progress;

  RenderStep(Renderer renderer, Admission admission, JpegFitter fitter, Progress progress) {
    this.renderer = renderer;
    this.admission = admission;
    this.fitter = fitter;
    this.progress = progress;
  }

  Renditions render(String owner, byte[] file, ImageInfo info) {
    Renditions renditions =
        admission.decoding(info.decodeMemory(), () -> renderer.render(file, info));
    fitter.learn(renditions.model(), renditions.thumbnail());
    progress.done(owner, null, Step.RENDERED, renditions.model().toString());
    return renditions;
  }
}
