package dev.cutline.benchmarks.failover;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.List;

/**
 * LangChain4j with a fallback by hand. Its own retries (two unless set) are off: they would ask a
 * server that does not answer three times before the next one gets its turn.
 */
final class LangChain4j {
  private LangChain4j() {}

  static Contender over(List<Server> servers, Question question) {
    return new ByHand(
        "LangChain4j, by hand", servers.stream().map(server -> model(server, question)).toList());
  }

  private static ByHand.Model model(Server server, Question question) {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(server.address().toString())
            .apiKey("none")
            .modelName(Contenders.MODEL)
            .responseFormat("json_object")
            .timeout(server.timeout())
            .maxRetries(0)
            .build();
    return () ->
        model
            .chat(
                List.<ChatMessage>of(
                    SystemMessage.from(question.system()),
                    UserMessage.from(
                        TextContent.from(question.user()),
                        ImageContent.from(question.base64(), "image/jpeg"))))
            .aiMessage()
            .text();
  }
}
