package dev.cutline.rekognition;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.Reason;
import dev.cutline.aws.AwsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Labels by Amazon Rekognition ({@code DetectLabels}), and on request what should not be seen by
 * everybody ({@code DetectModerationLabels}). One attempt a call, thread-safe.
 *
 * <pre>{@code
 * LabelDetector labels =
 *     RekognitionLabelDetector.builder(AwsSettings.builder("eu-central-1").build()).build();
 * }</pre>
 */
public final class RekognitionLabelDetector implements LabelDetector {
  static final double MODERATION_CONFIDENCE = 0.6;

  private static final Capabilities CAPABILITIES = Rekognition.capabilities().build();

  private final Moderation moderation;
  private final double moderationConfidence;
  private final OnFailure onFailure;
  private final Rekognition rekognition;

  private RekognitionLabelDetector(Builder builder) {
    this.moderation = builder.moderation;
    this.moderationConfidence = builder.moderationConfidence;
    this.onFailure = builder.onFailure();
    this.rekognition = new Rekognition(builder.aws);
  }

  /** Starts with labels only. */
  public static Builder builder(AwsSettings aws) {
    return new Builder(aws);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Moderation is asked first: a picture that it blocks costs one call. What it has found is
   * returned even if labels cannot be had then: a flag must not get lost with them.
   *
   * @throws CaptionException also with {@link Reason#REFUSED} if moderation blocks the picture
   */
  @Override
  public List<Label> detect(LabelRequest request) {
    List<Label> concerns = moderation == Moderation.OFF ? List.of() : concerns(request);
    if (moderation == Moderation.BLOCK && !concerns.isEmpty()) {
      String names = concerns.stream().limit(5).map(Label::name).collect(Collectors.joining(", "));
      throw new CaptionException(Reason.REFUSED, "blocked by moderation: " + names);
    }
    try {
      List<Label> found = new ArrayList<>(labels(request));
      found.addAll(concerns);
      return List.copyOf(found);
    } catch (CaptionException e) {
      if (concerns.isEmpty()) {
        throw e;
      }
      return concerns;
    }
  }

  private List<Label> labels(LabelRequest request) {
    List<Label> labels =
        LabelMapper.labels(
            rekognition.ask(
                request.deadline(),
                client ->
                    client.detectLabels(
                        LabelMapper.labels(
                            request.image(), request.maxLabels(), request.minConfidence()))));
    return labels.stream()
        .filter(label -> label.confidence() >= request.minConfidence())
        .limit(request.maxLabels())
        .toList();
  }

  private List<Label> concerns(LabelRequest request) {
    return LabelMapper.concerns(
        rekognition.ask(
            request.deadline(),
            client ->
                client.detectModerationLabels(
                    LabelMapper.moderation(request.image(), moderationConfidence))));
  }

  /** With moderation, by what was {@linkplain Builder#onFailure set}. */
  @Override
  public boolean isGate() {
    return moderation != Moderation.OFF && onFailure == OnFailure.CLOSED;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void close() {
    rekognition.close();
  }

  @Override
  public String toString() {
    return "labels of Rekognition in " + rekognition;
  }

  /** Builds a {@link RekognitionLabelDetector}. Not safe for several threads. */
  public static final class Builder {
    private final AwsSettings aws;
    private Moderation moderation = Moderation.OFF;
    private double moderationConfidence = MODERATION_CONFIDENCE;
    private @Nullable OnFailure onFailure;

    private Builder(AwsSettings aws) {
      this.aws = Objects.requireNonNull(aws, "aws");
    }

    /** Sets whether pictures are looked at for what not everybody should see; off unless set. */
    public Builder moderation(Moderation moderation) {
      this.moderation = Objects.requireNonNull(moderation, "moderation");
      return this;
    }

    /**
     * Sets how sure moderation has to be, 0 to 1; 0.6 unless set.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder moderationConfidence(double confidence) {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("moderationConfidence is 0 to 1, not " + confidence);
      }
      this.moderationConfidence = confidence;
      return this;
    }

    /**
     * Sets what becomes of a picture that moderation could not look at. Unless set, a moderation
     * that {@linkplain Moderation#BLOCK blocks} is closed then, and one that flags is open.
     */
    public Builder onFailure(OnFailure onFailure) {
      this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
      return this;
    }

    private OnFailure onFailure() {
      OnFailure usual = moderation == Moderation.BLOCK ? OnFailure.CLOSED : OnFailure.OPEN;
      return Objects.requireNonNullElse(onFailure, usual);
    }

    public RekognitionLabelDetector build() {
      return new RekognitionLabelDetector(this);
    }
  }
}
