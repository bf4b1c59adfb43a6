package dev.cutline.benchmarks.failover;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/** Spring AI with a fallback by hand, its own retries off as those of {@link LangChain4j}. */
final class SpringAi {
  private SpringAi() {}

  static Contender over(List<Server> servers, Question question) {
    return new ByHand(
        "Spring AI, by hand", servers.stream().map(server -> model(server, question)).toList());
  }

  private static ByHand.Model model(Server server, Question question) {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .baseUrl(server.address().toString())
                    .apiKey("none")
                    .model(Contenders.MODEL)
                    .timeout(server.timeout())
                    .maxRetries(0)
                    .build())
            .build();
    return () -> text(model.call(prompt(question)).getResult());
  }

  private static Prompt prompt(Question question) {
    Media picture = new Media(MimeTypeUtils.IMAGE_JPEG, new ByteArrayResource(question.jpeg()));
    return new Prompt(
        List.of(
            new SystemMessage(question.system()),
            UserMessage.builder().text(question.user()).media(picture).build()));
  }

  private static String text(@Nullable Generation answer) throws IOException {
    if (answer == null || answer.getOutput().getText() == null) {
      throw new IOException("an answer without a text");
    }
    return answer.getOutput().getText();
  }
}
