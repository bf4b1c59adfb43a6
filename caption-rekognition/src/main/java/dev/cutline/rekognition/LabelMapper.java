package dev.cutline.rekognition;

import dev.cutline.ImageData;
import dev.cutline.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rekognition.model.BoundingBox;
import software.amazon.awssdk.services.rekognition.model.DetectLabelsFeatureName;
import software.amazon.awssdk.services.rekognition.model.DetectLabelsRequest;
import software.amazon.awssdk.services.rekognition.model.DetectLabelsResponse;
import software.amazon.awssdk.services.rekognition.model.DetectModerationLabelsRequest;
import software.amazon.awssdk.services.rekognition.model.DetectModerationLabelsResponse;
import software.amazon.awssdk.services.rekognition.model.Image;
import software.amazon.awssdk.services.rekognition.model.Instance;
import software.amazon.awssdk.services.rekognition.model.ModerationLabel;

/**
 * Maps pictures to requests, and answers to labels. Rekognition counts confidence in percent, we do
 * from 0 to 1. Static, no I/O.
 */
final class LabelMapper {
  private static final Comparator<Label> SUREST_FIRST =
      Comparator.comparingDouble(Label::confidence).reversed();

  private LabelMapper() {}

  static DetectLabelsRequest labels(ImageData image, int max, double minConfidence) {
    return DetectLabelsRequest.builder()
        .image(wire(image))
        .maxLabels(max)
        .minConfidence((float) (minConfidence * 100))
        .features(DetectLabelsFeatureName.GENERAL_LABELS)
        .build();
  }

  static DetectModerationLabelsRequest moderation(ImageData image, double minConfidence) {
    return DetectModerationLabelsRequest.builder()
        .image(wire(image))
        .minConfidence((float) (minConfidence * 100))
        .build();
  }

  private static Image wire(ImageData image) {
    return Image.builder().bytes(SdkBytes.fromByteArrayUnsafe(image.toByteArray())).build();
  }

  /** Returns the labels of an answer, surest first. */
  static List<Label> labels(DetectLabelsResponse answer) {
    List<Label> labels = new ArrayList<>();
    for (software.amazon.awssdk.services.rekognition.model.Label label : answer.labels()) {
      if (isName(label.name())) {
        labels.add(
            Label.builder(label.name().strip(), confidence(label.confidence()))
                .parents(
                    label.parents().stream()
                        .map(parent -> parent.name())
                        .filter(LabelMapper::isName)
                        .toList())
                .boxes(label.instances().stream().flatMap(i -> box(i).stream()).toList())
                .build());
      }
    }
    labels.sort(SUREST_FIRST);
    return labels;
  }

  /** Returns the concerns of an answer, surest first: labels below {@link Label#MODERATION}. */
  static List<Label> concerns(DetectModerationLabelsResponse answer) {
    List<Label> labels = new ArrayList<>();
    for (ModerationLabel label : answer.moderationLabels()) {
      if (isName(label.name())) {
        List<String> parents =
            isName(label.parentName())
                ? List.of(label.parentName(), Label.MODERATION)
                : List.of(Label.MODERATION);
        labels.add(
            Label.builder(label.name().strip(), confidence(label.confidence()))
                .parents(parents)
                .build());
      }
    }
    labels.sort(SUREST_FIRST);
    return labels;
  }

  private static boolean isName(@Nullable String name) {
    return name != null && !name.isBlank();
  }

  private static double confidence(@Nullable Float percent) {
    return percent == null ? 0 : fraction(percent / 100.0);
  }

  /** A thing that the picture cuts off has a box beyond its edge: the rest is what is seen. */
  private static Optional<Label.Box> box(Instance instance) {
    BoundingBox box = instance.boundingBox();
    if (box == null
        || Stream.of(box.left(), box.top(), box.width(), box.height()).anyMatch(Objects::isNull)) {
      return Optional.empty();
    }
    double left = fraction(box.left());
    double top = fraction(box.top());
    double width = fraction((double) box.left() + box.width()) - left;
    double height = fraction((double) box.top() + box.height()) - top;
    return width > 0 && height > 0
        ? Optional.of(new Label.Box(left, top, width, height))
        : Optional.empty();
  }

  private static double fraction(double value) {
    return value > 0 ? Math.min(value, 1) : 0;
  }
}
