package dev.cutline.bedrock;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.JsonSchemaDefinition;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.SpecificToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** Maps requests to Converse, and its answers to replies. Static, no I/O. */
final class ConverseMapper {
  /** The one tool there is; its input is the answer. */
  static final String TOOL = "emit_" + ReplySchema.NAME;

  private ConverseMapper() {}

  /** Returns the question for the captions of one picture. */
  static ConverseRequest request(
      CaptionRequest request, ConverseOptions options, Strategy strategy) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    InferenceConfiguration.Builder inference =
        InferenceConfiguration.builder().maxTokens(options.maxTokens());
    if (options.temperature() != null) {
      inference.temperature(options.temperature().floatValue());
    }
    ConverseRequest.Builder converse =
        ConverseRequest.builder()
            .modelId(options.modelId())
            .system(SystemContentBlock.fromText(prompt.system()))
            .messages(
                Message.builder()
                    .role(ConversationRole.USER)
                    .content(
                        ContentBlock.fromImage(image(request.image())),
                        ContentBlock.fromText(prompt.user()))
                    .build())
            .inferenceConfig(inference.build());
    apply(strategy, converse);
    ConverseOptions.Guardrail guardrail = options.guardrail();
    if (guardrail != null) {
      converse.guardrailConfig(
          GuardrailConfiguration.builder()
              .guardrailIdentifier(guardrail.id())
              .guardrailVersion(guardrail.version())
              .build());
    }
    if (!options.metadata().isEmpty()) {
      converse.requestMetadata(options.metadata());
    }
    return converse.build();
  }

  /** Returns a question of a few words, and of one token, that asks as captions are asked for. */
  static ConverseRequest warmUp(ConverseOptions options, Strategy strategy) {
    ConverseRequest.Builder converse =
        ConverseRequest.builder()
            .modelId(options.modelId())
            .messages(
                Message.builder()
                    .role(ConversationRole.USER)
                    .content(ContentBlock.fromText("Leave every text empty."))
                    .build())
            .inferenceConfig(InferenceConfiguration.builder().maxTokens(1).build());
    apply(strategy, converse);
    if (!options.metadata().isEmpty()) {
      converse.requestMetadata(options.metadata());
    }
    return converse.build();
  }

  private static void apply(Strategy strategy, ConverseRequest.Builder converse) {
    switch (strategy) {
      case NATIVE_SCHEMA -> converse.outputConfig(schema());
      case FORCED_TOOL -> converse.toolConfig(tool());
      case PROMPT_ONLY -> {}
    }
  }

  private static ImageBlock image(ImageData image) {
    return ImageBlock.builder()
        .format(image.format().name().toLowerCase(Locale.ROOT))
        .source(ImageSource.fromBytes(SdkBytes.fromByteBuffer(image.asByteBuffer())))
        .build();
  }

  private static OutputConfig schema() {
    JsonSchemaDefinition definition =
        JsonSchemaDefinition.builder().name(ReplySchema.NAME).schema(ReplySchema.text()).build();
    return OutputConfig.builder()
        .textFormat(
            OutputFormat.builder()
                .type(OutputFormatType.JSON_SCHEMA)
                .structure(OutputFormatStructure.fromJsonSchema(definition))
                .build())
        .build();
  }

  private static ToolConfiguration tool() {
    ToolSpecification specification =
        ToolSpecification.builder()
            .name(TOOL)
            .description("Takes the captions of the picture")
            .inputSchema(ToolInputSchema.fromJson(Documents.of(ReplySchema.json())))
            .build();
    return ToolConfiguration.builder()
        .tools(Tool.fromToolSpec(specification))
        .toolChoice(ToolChoice.fromTool(SpecificToolChoice.builder().name(TOOL).build()))
        .build();
  }

  /**
   * Returns the reply that an answer holds. Converse does not say which model answered: it is the
   * one that was asked.
   *
   * @throws CaptionException {@code REFUSED} or {@code MALFORMED_REPLY}, both with the tokens used
   */
  static CaptionReply reply(ConverseResponse answer, CaptionRequest request, String modelId) {
    Usage usage = usage(answer.usage());
    List<ContentBlock> blocks = blocks(answer);
    switch (Objects.requireNonNullElse(answer.stopReasonAsString(), "")) {
      case "guardrail_intervened", "content_filtered", "refusal" ->
          throw ReplyParser.refused(text(blocks), usage);
      case "max_tokens", "model_context_window_exceeded" -> throw ReplyParser.cutOff(usage);
      case "malformed_model_output", "malformed_tool_use" ->
          throw ReplyParser.failure(
              Reason.MALFORMED_REPLY, "the model broke the form of the answer", usage);
      case "end_turn", "tool_use", "stop_sequence", "" -> {
        return ReplyParser.parse(captions(blocks), request, modelId, usage);
      }
      default -> {
        return ofUnknownStop(blocks, request, modelId, usage);
      }
    }
  }

  /** How a refusal of a new kind is reported is not documented; an answer speaks for itself. */
  private static CaptionReply ofUnknownStop(
      List<ContentBlock> blocks, CaptionRequest request, String modelId, Usage usage) {
    try {
      return ReplyParser.parse(captions(blocks), request, modelId, usage);
    } catch (CaptionException e) {
      throw ReplyParser.refused(text(blocks), usage);
    }
  }

  private static List<ContentBlock> blocks(ConverseResponse answer) {
    return answer.output() == null || answer.output().message() == null
        ? List.of()
        : answer.output().message().content();
  }

  /** Thoughts and whatever else a model writes stand in blocks of other types. */
  private static String captions(List<ContentBlock> blocks) {
    Optional<String> input =
        blocks.stream()
            .map(ContentBlock::toolUse)
            .flatMap(Stream::ofNullable)
            .filter(use -> TOOL.equals(use.name()))
            .map(ToolUseBlock::input)
            .flatMap(Stream::ofNullable)
            .map(document -> Json.text(Documents.toJson(document)))
            .findFirst();
    return input.orElseGet(() -> text(blocks));
  }

  private static String text(List<ContentBlock> blocks) {
    return blocks.stream()
        .map(ContentBlock::text)
        .flatMap(Stream::ofNullable)
        .collect(Collectors.joining());
  }

  /** Input read from or written to a cache is counted apart, and paid for. */
  private static Usage usage(@Nullable TokenUsage usage) {
    return usage == null
        ? Usage.NONE
        : new Usage(
            tokens(usage.inputTokens())
                + tokens(usage.cacheReadInputTokens())
                + tokens(usage.cacheWriteInputTokens()),
            tokens(usage.outputTokens()));
  }

  private static long tokens(@Nullable Integer count) {
    return count == null ? 0 : Math.max(0, count);
  }
}
