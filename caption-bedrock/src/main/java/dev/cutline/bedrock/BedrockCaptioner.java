package dev.cutline.bedrock;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.aws.AwsCaptioner;
import dev.cutline.aws.AwsSettings;
import dev.cutline.bedrock.ConverseOptions.Guardrail;
import dev.cutline.spi.RotatingKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Captions by Amazon Bedrock: Converse with one picture. One attempt a call. Thread-safe.
 *
 * <pre>{@code
 * Captioner captioner =
 *     BedrockCaptioner.builder(
 *             "eu.amazon.nova-2-lite-v1:0", AwsSettings.builder("eu-central-1").build())
 *         .build();
 * }</pre>
 *
 * <p>Which way a model answers in JSON cannot be known of every model beforehand. Unless a {@link
 * Strategy} is set, what a model refuses by name is remembered; that one call fails with {@link
 * Reason#INTERNAL}, so that the chain's one retry succeeds without a second attempt hidden in here.
 */
public final class BedrockCaptioner extends AwsCaptioner {
  /** The longest side that is taken (docs.aws.amazon.com, 2026). */
  static final int MAX_LONG_EDGE = 8_000;

  /** Above it the usual models see no more, and a picture only costs more. */
  static final int USUAL_LONG_EDGE = 1_568;

  /** 5,242,880 bytes of base64, which is what is counted for Claude. */
  static final long MAX_BYTES_CLAUDE = 3_932_160;

  /** 3.75 MB, as the documentation of Converse has it for every model. */
  static final long MAX_BYTES = 3_750_000;

  /** A model may compile a schema for as long as a minute. */
  private static final Duration WARM_UP = Duration.ofMinutes(2);

  private final ConverseOptions options;
  private final RotatingKey apiKey;
  private final boolean adapts;
  private final BedrockRuntimeClient client;
  private volatile Strategy strategy;

  private BedrockCaptioner(Builder builder) {
    super(
        builder.aws,
        "Bedrock",
        builder.modelId,
        builder.options().strategy()
            + "|"
            + (builder.strategy == null ? "auto" : builder.strategy.name()),
        builder.capabilities());
    this.options = builder.options();
    this.apiKey = new RotatingKey(builder.apiKey);
    this.adapts = builder.strategy == null;
    this.strategy =
        Objects.requireNonNullElseGet(builder.strategy, () -> Strategy.usual(builder.modelId));
    this.client = client(signing(builder.apiKey));
    switch (builder.warmUp) {
      case OFF -> {}
      case CONNECTION -> ahead(this::openConnection);
      case MODEL -> ahead(this::askModel);
    }
  }

  private void openConnection() {
    callAhead(WARM_UP, () -> client.listAsyncInvokes(request -> request.maxResults(1)));
  }

  /** Until the model takes the strategy: each refusal names the next one. */
  private void askModel() {
    Strategy used;
    do {
      Strategy asked = strategy;
      used = asked;
      try {
        callAhead(WARM_UP, () -> client.converse(ConverseMapper.warmUp(options, asked)));
      } catch (SdkException e) {
        failure(e, asked);
        if (strategy == asked) {
          throw e;
        }
      }
    } while (strategy != used);
  }

  private static BedrockRuntimeClientBuilder signing(@Nullable Secret apiKey) {
    // Named either way: otherwise a variable of the environment would decide.
    return apiKey == null
        ? BedrockRuntimeClient.builder().authSchemeProvider(only("aws.auth#sigv4"))
        : BedrockRuntimeClient.builder()
            .authSchemeProvider(only("smithy.api#httpBearerAuth"))
            .tokenProvider(StaticTokenProvider.create(apiKey::reveal));
  }

  /** The key of the client is the first one: each call says which it goes with. */
  private static ConverseRequest with(@Nullable Secret key, ConverseRequest request) {
    return key == null
        ? request
        : request.toBuilder()
            .overrideConfiguration(
                call -> call.tokenIdentityProvider(StaticTokenProvider.create(key::reveal)))
            .build();
  }

  /** Returns the one scheme of this name, with the properties that Bedrock gives it. */
  private static BedrockRuntimeAuthSchemeProvider only(String scheme) {
    BedrockRuntimeAuthSchemeProvider all = BedrockRuntimeAuthSchemeProvider.defaultProvider();
    return params ->
        all.resolveAuthScheme(params).stream()
            .filter(option -> option.schemeId().equals(scheme))
            .toList();
  }

  /**
   * Starts with one model or inference profile.
   *
   * @param modelId as Bedrock calls it, or an ARN; most newer models are reached by a profile only,
   *     for example {@code us.anthropic.claude-haiku-5-5}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String modelId, AwsSettings aws) {
    return new Builder(modelId, aws);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One attempt, and one more if the API key is refused and was replaced by another where it
   * comes from, as {@link RotatingKey} says.
   */
  @Override
  public CaptionReply caption(CaptionRequest request) {
    return apiKey.call(request, key -> caption(request, key));
  }

  private CaptionReply caption(CaptionRequest request, @Nullable Secret key) {
    Strategy used = strategy;
    return ask(
        request,
        () -> client.converse(with(key, ConverseMapper.request(request, options, used))),
        answer -> ConverseMapper.reply(answer, request, options.modelId()),
        e -> failure(e, used));
  }

  private CaptionException failure(SdkException e, Strategy used) {
    CaptionException failure = BedrockErrors.TABLE.toException(e, this::withoutSecrets);
    String message = String.valueOf(failure.getMessage());
    if (e instanceof ModelErrorException model) {
      return new CaptionException(BedrockErrors.ofModel(model.originalStatusCode()), message);
    }
    if (failure.reason() == Reason.MISCONFIGURED
        && e instanceof ValidationException
        && adapts
        && used.isNamedIn(String.valueOf(e.getMessage()))) {
      learn(used);
      return new CaptionException(Reason.INTERNAL, message + "; the next call goes without");
    }
    return failure;
  }

  private synchronized void learn(Strategy refused) {
    if (strategy == refused) {
      strategy = refused.next();
    }
  }

  @Override
  protected String withoutSecrets(String text) {
    return apiKey.strikeOut(super.withoutSecrets(text));
  }

  /** Builds a {@link BedrockCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final String modelId;
    private final AwsSettings aws;
    private @Nullable Secret apiKey;
    private @Nullable Strategy strategy;
    private int maxTokens = ConverseOptions.MAX_TOKENS;
    private @Nullable BigDecimal temperature;
    private @Nullable Guardrail guardrail;
    private Map<String, String> metadata = Map.of();
    private int maxLongEdge = USUAL_LONG_EDGE;
    private @Nullable Long maxBytes;
    private WarmUp warmUp = WarmUp.OFF;

    private Builder(String modelId, AwsSettings aws) {
      if (modelId.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.modelId = modelId;
      this.aws = Objects.requireNonNull(aws, "aws");
    }

    /** Sets a Bedrock API key, sent instead of a signature; null, and unless set: none. */
    public Builder apiKey(@Nullable Secret apiKey) {
      this.apiKey = apiKey;
      return this;
    }

    /**
     * Sets how the model is brought to answer in JSON, whatever the server says; null, and unless
     * set: what is usual for the model, and the next one from a refusal on.
     */
    public Builder strategy(@Nullable Strategy strategy) {
      this.strategy = strategy;
      return this;
    }

    /** Sets the most tokens of an answer, thoughts included; 1000 unless set. */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = (int) positive(maxTokens, "maxTokens");
      return this;
    }

    /**
     * Sets the temperature, 0 to 1; null, and unless set: not sent, because newer models refuse it.
     */
    public Builder temperature(@Nullable BigDecimal temperature) {
      this.temperature = temperature;
      return this;
    }

    /**
     * Sets a guardrail that looks at question and answer.
     *
     * @param id or ARN
     * @param version a number, or {@code DRAFT}
     */
    public Builder guardrail(String id, String version) {
      this.guardrail = new Guardrail(id, version);
      return this;
    }

    /**
     * Sets what stands beside each call in the account's invocation log.
     *
     * @throws IllegalArgumentException if there are more than 16 entries
     */
    public Builder metadata(Map<String, String> metadata) {
      if (metadata.size() > ConverseOptions.MAX_METADATA) {
        throw new IllegalArgumentException(
            "metadata has at most 16 entries, not " + metadata.size());
      }
      this.metadata = Map.copyOf(metadata);
      return this;
    }

    /** Sets the longest side of pictures in pixels, at most 8000; 1568 unless set. */
    public Builder maxLongEdge(int pixels) {
      if (pixels > MAX_LONG_EDGE) {
        throw new IllegalArgumentException("maxLongEdge is at most 8000, not " + pixels);
      }
      this.maxLongEdge = (int) positive(pixels, "maxLongEdge");
      return this;
    }

    /** Sets the most bytes of a picture; unless set 3,932,160 for Claude, 3,750,000 for others. */
    public Builder maxBytes(long maxBytes) {
      this.maxBytes = positive(maxBytes, "maxBytes");
      return this;
    }

    /**
     * Sets what is done at once, beside everything else, to make the first caption faster; nothing
     * unless set.
     */
    public Builder warmUp(WarmUp warmUp) {
      this.warmUp = Objects.requireNonNull(warmUp, "warmUp");
      return this;
    }

    public BedrockCaptioner build() {
      return new BedrockCaptioner(this);
    }

    private ConverseOptions options() {
      return new ConverseOptions(modelId, maxTokens, temperature, guardrail, metadata);
    }

    private Capabilities capabilities() {
      boolean claude = modelId.toLowerCase(Locale.ROOT).contains("claude");
      long usual = claude ? MAX_BYTES_CLAUDE : MAX_BYTES;
      return Capabilities.builder()
          .formats(EnumSet.allOf(ImageFormat.class))
          .maxBytes(maxBytes == null ? usual : maxBytes)
          .maxLongEdge(maxLongEdge)
          .punctual(true)
          .build();
    }
  }
}
