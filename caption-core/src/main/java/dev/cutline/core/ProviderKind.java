package dev.cutline.core;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.ImageStoreProvider;
import dev.cutline.spi.LabelProvider;
import dev.cutline.spi.RateLimiterProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a provider found on the class path makes. */
public enum ProviderKind {
  CAPTIONS(
      "captioner",
      CaptionProvider.class,
      Map.of(
          "bedrock", "caption-bedrock",
          "sagemaker", "caption-sagemaker",
          "huggingface", "caption-huggingface",
          "gemini", "caption-gemini",
          "openai", "caption-openai",
          "ollama", "caption-openai",
          "anthropic", "caption-anthropic",
          "palette", "caption-palette",
          "onnx", "caption-onnx",
          "rekognition", "caption-rekognition")),
  LABELS("label detector", LabelProvider.class, Map.of("rekognition", "caption-rekognition")),
  IMAGES(
      "image store",
      ImageStoreProvider.class,
      Map.of("files", "caption-core", "memory", "caption-core", "s3", "storage-aws")),
  RECORDS(
      "record store",
      RecordStoreProvider.class,
      Map.of("jdbc", "storage-jdbc", "dynamodb", "storage-aws", "memory", "caption-core")),
  RATE_LIMITS(
      "rate limiter",
      RateLimiterProvider.class,
      Map.of("memory", "caption-core", "jdbc", "storage-jdbc", "dynamodb", "storage-aws"));

  /** Named in the settings of tomorrow; nothing can be added today. */
  private static final Set<String> PLANNED = Set.of("caption-onnx");

  private final String noun;
  private final Class<?> service;

  /** Made by Map.of, which nobody can change. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, String> artifacts;

  ProviderKind(String noun, Class<?> service, Map<String, String> artifacts) {
    this.noun = noun;
    this.service = service;
    this.artifacts = artifacts;
  }

  /** Returns what it makes, as messages call it: {@code captioner}, {@code image store}, … */
  public String noun() {
    return noun;
  }

  /** Returns the service interface that its providers implement. */
  public Class<?> service() {
    return service;
  }

  /**
   * Returns the artifact of ours that brings a provider, for example {@code
   * dev.cutline:caption-openai}; empty if there is none, or not yet.
   */
  public Optional<String> artifact(String id) {
    return Optional.ofNullable(artifacts.get(id))
        .filter(artifact -> !PLANNED.contains(artifact))
        .map(artifact -> "dev.cutline:" + artifact);
  }

  /** Tells whether a later version of Cutline is to bring a provider that this one lacks. */
  boolean isPlanned(String id) {
    return artifacts.containsKey(id) && artifact(id).isEmpty();
  }

  Set<String> ids() {
    return artifacts.keySet();
  }
}
