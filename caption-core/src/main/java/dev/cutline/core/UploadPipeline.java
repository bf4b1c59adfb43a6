package dev.cutline.core;

import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.Renditions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The steps of an upload, in their order. Everything that can refuse a picture comes before the
 * record, so that a refusal leaves nothing behind. Thread-safe.
 */
final class UploadPipeline {
  private final RateStep rate;
  private final Intake intake;
  private final Admission admission;
  private final InspectStep inspecting;
  private final FactsStep facts;
  private final CleanStep cleaning;
  private final RenderStep rendering;
  private final RecordStep recording;
  private final StoreStep storing;
  private final Captioning captioning;

  UploadPipeline(
      RateStep rate,
      Intake intake,
      Admission admission,
      InspectStep inspecting,
      FactsStep facts,
      CleanStep cleaning,
      RenderStep rendering,
      RecordStep recording,
      StoreStep storing,
      Captioning captioning) {
    this.rate = rate;
    this.intake = intake;
    this.admission = admission;
    this.inspecting = inspecting;
    this.facts = facts;
    this.cleaning = cleaning;
    this.rendering = rendering;
    this.recording = recording;
    this.storing = storing;
    this.captioning = captioning;
  }

  ImageRecord run(Upload upload) {
    rate.check(upload.owner());
    // Once it is stored, the file is let go: waiting for a model takes no more memory than its
    // rendition.
    Stored stored = admission.holding(intake.expected(upload), () -> store(upload));
    ImageRecord record = stored.record();
    return captioning.caption(
        record,
        stored.model(),
        record.styles(),
        record.languages(),
        true,
        upload.budget().orElse(null));
  }

  private Stored store(Upload upload) {
    byte[] file = intake.read(upload);
    ImageInfo info = inspecting.inspect(upload.owner(), file);
    ImageData original = cleaning.clean(upload.owner(), file, info);
    Renditions renditions = rendering.render(upload.owner(), file, info);
    ImageRecord received =
        recording.receive(
            upload,
            sha256(file),
            info,
            original.size(),
            renditions.perceptualHash(),
            facts.facts(upload, file));
    return new Stored(storing.store(received, original, renditions), renditions.model());
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What is left once a picture is stored: its record, and what models are shown. */
  private record Stored(ImageRecord record, ImageData model) {}
}
