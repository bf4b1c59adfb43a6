package dev.cutline.rekognition;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.aws.AwsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rekognition.model.DetectLabelsResponse;

/**
 * Captions made of labels by rule, in English: "Bicycle, brick, wall". The last rung of a chain,
 * better than colours and worse than a sentence, and marked as no model's. Thread-safe.
 *
 * <p>Labels that the request has already are used and cost no call; otherwise {@code DetectLabels}
 * is asked once.
 */
public final class RekognitionCaptioner implements Captioner {
  private static final int MAX_LABELS = 15;
  private static final double MIN_CONFIDENCE = 0.75;

  /** Raised whenever the same labels would get another text. */
  private static final String RULE = "labels-2";

  private static final Capabilities CAPABILITIES =
      Rekognition.capabilities().languages(Set.of("en")).model(false).build();

  private final Rekognition rekognition;

  private RekognitionCaptioner(AwsSettings aws) {
    this.rekognition = new Rekognition(aws);
  }

  /** Returns a captioner in a region. */
  public static RekognitionCaptioner of(AwsSettings aws) {
    return new RekognitionCaptioner(aws);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Reasons: those of Rekognition, {@link Reason#MISCONFIGURED} for another language than
   * English, {@link Reason#MALFORMED_REPLY} if nothing was found.
   */
  @Override
  public CaptionReply caption(CaptionRequest request) {
    long start = System.nanoTime();
    if (!CAPABILITIES.speaks(request.language())) {
      throw new CaptionException(
          Reason.MISCONFIGURED, "labels are English, not " + request.language());
    }
    List<Label> labels = request.labels();
    if (labels.isEmpty()) {
      DetectLabelsResponse answer =
          rekognition.ask(
              request,
              client ->
                  client.detectLabels(
                      LabelMapper.labels(request.image(), MAX_LABELS, MIN_CONFIDENCE)));
      labels = LabelMapper.labels(answer);
    }
    CaptionReply.Builder reply = CaptionReply.builder("rekognition-" + RULE);
    for (CaptionStyle style : request.styles()) {
      String text = LabelSentences.of(style, labels);
      if (text.isEmpty()) {
        throw new CaptionException(Reason.MALFORMED_REPLY, "Rekognition found nothing to name");
      }
      reply.text(style, text);
    }
    return reply.elapsed(Duration.ofNanos(System.nanoTime() - start)).build();
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public String fingerprint() {
    return "Rekognition|" + rekognition + "|" + RULE;
  }

  @Override
  public void close() {
    rekognition.close();
  }

  @Override
  public String toString() {
    return "captions of labels of Rekognition in " + rekognition;
  }
}
