package dev.cutline.rekognition;

import dev.cutline.Capabilities;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageFormat;
import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsSettings;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/** One client, and what its failures mean. One attempt a call. Thread-safe. */
final class Rekognition implements AutoCloseable {
  private static final String NAME = "Rekognition";

  private final AwsClients aws;
  private final RekognitionClient client;

  Rekognition(AwsSettings settings) {
    this.aws = AwsClients.of(settings);
    this.client = aws.forModels(RekognitionClient.builder()).build();
  }

  /**
   * Starts with what Rekognition takes (docs.aws.amazon.com, 2026): JPEG and PNG of at most
   * 5,242,880 bytes. It sees no more in more than 1568 pixels than in those.
   */
  static Capabilities.Builder capabilities() {
    return Capabilities.builder()
        .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG))
        .maxBytes(5_242_880)
        .maxLongEdge(1_568)
        .punctual(true);
  }

  <T> T ask(CaptionRequest request, Function<RekognitionClient, T> call) {
    return judged(() -> aws.call(NAME, request, () -> call.apply(client)));
  }

  <T> T ask(Deadline deadline, Function<RekognitionClient, T> call) {
    return judged(() -> aws.call(NAME, deadline, () -> call.apply(client)));
  }

  private <T> T judged(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw RekognitionErrors.TABLE.toException(e, aws::withoutSecrets);
    }
  }

  @Override
  public void close() {
    client.close();
    aws.close();
  }

  /** Returns region and address. */
  @Override
  public String toString() {
    return aws.toString();
  }
}
