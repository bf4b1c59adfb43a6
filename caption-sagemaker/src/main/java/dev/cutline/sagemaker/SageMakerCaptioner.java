package dev.cutline.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.aws.AwsCaptioner;
import dev.cutline.aws.AwsErrors;
import dev.cutline.aws.AwsSettings;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;
import dev.cutline.prompt.chat.ChatAdaptation;
import dev.cutline.prompt.chat.ChatMapper;
import dev.cutline.prompt.chat.ChatOptions;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/**
 * Captions by an endpoint of Amazon SageMaker, whatever container stands behind it. One attempt a
 * call. Thread-safe.
 *
 * <pre>{@code
 * Captioner captioner =
 *     SageMakerCaptioner.builder("blip", AwsSettings.builder("eu-central-1").build()).build();
 * }</pre>
 *
 * <p>A model that writes one caption only answers {@link CaptionStyle#CONCISE}; the other styles
 * are made of it by rule where that is {@linkplain Builder#compose wanted}, and the reply says so.
 */
public final class SageMakerCaptioner extends AwsCaptioner {
  /** The most bytes of a body (service model, August 2026). */
  static final int MAX_BODY = 6_291_456;

  /** What of a body is left for the picture besides prompt and JSON. */
  private static final int MAX_BYTES_CHAT = (MAX_BODY - 65_536) / 4 * 3;

  static final int USUAL_LONG_EDGE = 1_568;
  private static final String JSON = "application/json";

  private final String endpointName;
  private final @Nullable String component;
  private final Payload payload;
  private final @Nullable ChatAdaptation chat;
  private final SageMakerRuntimeClient client;

  private SageMakerCaptioner(Builder builder) {
    super(
        builder.aws, "SageMaker", builder.endpointName, builder.strategy(), builder.capabilities());
    this.endpointName = builder.endpointName;
    this.component = builder.component;
    this.payload = builder.payload;
    this.chat = payload == Payload.OPENAI_CHAT ? new ChatAdaptation(builder.chat) : null;
    this.client = client(SageMakerRuntimeClient.builder());
  }

  /**
   * Starts with a Hugging Face container that takes the bytes of a picture.
   *
   * @param endpointName as SageMaker calls it
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String endpointName, AwsSettings aws) {
    return new Builder(endpointName, aws);
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    CaptionRequest able = able(request);
    ChatOptions options = chat == null ? null : chat.options();
    return ask(
        able,
        () -> text(client.invokeEndpoint(invocation(able, options)).body()),
        answer -> reply(answer, able, options),
        e -> failure(e, options));
  }

  private CaptionReply reply(String answer, CaptionRequest request, @Nullable ChatOptions options) {
    JsonNode body =
        Json.read(answer)
            .orElseThrow(
                () ->
                    new CaptionException(
                        Reason.MALFORMED_REPLY,
                        "SageMaker answered no JSON: " + OneLine.of(withoutSecrets(answer), 120)));
    return options == null
        ? TaskMapper.reply(body, request, endpointName)
        : ChatMapper.reply(body, request, options.model());
  }

  /** Leaves out what a model of one caption cannot write. */
  private CaptionRequest able(CaptionRequest request) {
    if (!capabilities().speaks(request.language())) {
      throw new CaptionException(
          Reason.MISCONFIGURED, this + " answers in English only, not in " + request.language());
    }
    Set<CaptionStyle> styles = EnumSet.copyOf(request.styles());
    styles.retainAll(capabilities().styles());
    if (styles.isEmpty()) {
      throw new CaptionException(
          Reason.MISCONFIGURED, this + " writes concise captions only; set compose for others");
    }
    return request.toBuilder().styles(styles).build();
  }

  /** The SDK's own way throws at bytes that are no UTF-8, and keeps a byte order mark. */
  private static String text(@Nullable SdkBytes body) {
    if (body == null) {
      return "";
    }
    String text = new String(body.asByteArrayUnsafe(), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private InvokeEndpointRequest invocation(CaptionRequest request, @Nullable ChatOptions options) {
    InvokeEndpointRequest.Builder invocation =
        InvokeEndpointRequest.builder()
            .endpointName(endpointName)
            .inferenceComponentName(component)
            .accept(JSON);
    if (options != null) {
      return json(invocation, ChatMapper.request(request, options));
    }
    if (payload == Payload.HF_JSON_BASE64) {
      return json(invocation, Json.object().put("inputs", request.image().toBase64()));
    }
    return invocation
        .contentType(request.image().format().mediaType())
        .body(SdkBytes.fromByteBuffer(request.image().asByteBuffer()))
        .build();
  }

  private static InvokeEndpointRequest json(
      InvokeEndpointRequest.Builder invocation, JsonNode body) {
    return invocation
        .contentType(JSON)
        .body(SdkBytes.fromByteArrayUnsafe(Json.bytes(body)))
        .build();
  }

  private CaptionException failure(SdkException e, @Nullable ChatOptions sent) {
    if (!(e instanceof ModelErrorException model)) {
      return SageMakerErrors.TABLE.toException(e, this::withoutSecrets);
    }
    AwsErrors table = SageMakerErrors.CONTAINER;
    CaptionException failure = table.toException(e, this::withoutSecrets);
    if (table.match(e).isPresent()) {
      return failure;
    }
    Integer status = model.originalStatusCode();
    Reason reason = SageMakerErrors.ofStatus(status == null ? 500 : status, payload);
    String message = failure.getMessage() + "; the container's log in CloudWatch tells more";
    if (reason == Reason.MISCONFIGURED
        && chat != null
        && sent != null
        && chat.learn(sent, said(model))) {
      return new CaptionException(Reason.INTERNAL, message + "; the next call goes without");
    }
    return new CaptionException(reason, message);
  }

  /** All of it: the message for people ends after a line. */
  private static String said(ModelErrorException e) {
    return e.getMessage() + " " + e.originalMessage();
  }

  /** Builds a {@link SageMakerCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final String endpointName;
    private final AwsSettings aws;
    private @Nullable String component;
    private Payload payload = Payload.HF_IMAGE_BYTES;
    private ChatOptions chat;
    private boolean compose;
    private int maxLongEdge = USUAL_LONG_EDGE;
    private @Nullable Integer maxBytes;

    private Builder(String endpointName, AwsSettings aws) {
      if (endpointName.isBlank()) {
        throw new IllegalArgumentException("the endpoint name is blank");
      }
      this.endpointName = endpointName;
      this.aws = Objects.requireNonNull(aws, "aws");
      this.chat = ChatOptions.builder(endpointName).build();
    }

    /** Sets the inference component of an endpoint that has several; null: none. */
    public Builder component(@Nullable String component) {
      this.component = component;
      return this;
    }

    /** Sets what the container wants to be sent; the bytes of the picture unless set. */
    public Builder payload(Payload payload) {
      this.payload = Objects.requireNonNull(payload, "payload");
      return this;
    }

    /** Sets how a chat container is asked; its model is named after the endpoint unless set. */
    public Builder chat(ChatOptions chat) {
      this.chat = Objects.requireNonNull(chat, "chat");
      return this;
    }

    /**
     * Sets whether a model of one caption answers the other styles too, made by rule of its caption
     * and the labels of the request; not unless set.
     */
    public Builder compose(boolean compose) {
      this.compose = compose;
      return this;
    }

    /** Sets the longest side of pictures in pixels; 1568 unless set. */
    public Builder maxLongEdge(int pixels) {
      this.maxLongEdge = (int) positive(pixels, "maxLongEdge");
      return this;
    }

    /** Sets the most bytes of a picture; unless set what is left of 6,291,456 by the payload. */
    public Builder maxBytes(int maxBytes) {
      this.maxBytes = (int) positive(maxBytes, "maxBytes");
      return this;
    }

    public SageMakerCaptioner build() {
      return new SageMakerCaptioner(this);
    }

    private String strategy() {
      return String.join(
          "|",
          String.valueOf(component),
          payload.name(),
          payload == Payload.OPENAI_CHAT
              ? chat.model() + "|" + chat.strategy()
              : "compose=" + compose);
    }

    private Capabilities capabilities() {
      int usual = payload == Payload.HF_IMAGE_BYTES ? MAX_BODY : MAX_BYTES_CHAT;
      Capabilities.Builder capabilities =
          Capabilities.builder()
              .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG))
              .maxBytes(maxBytes == null ? usual : maxBytes)
              .maxLongEdge(maxLongEdge)
              .punctual(true);
      if (payload != Payload.OPENAI_CHAT) {
        capabilities
            .languages(Set.of("en"))
            .styles(compose ? EnumSet.allOf(CaptionStyle.class) : EnumSet.of(CaptionStyle.CONCISE));
      }
      return capabilities.build();
    }
  }
}
