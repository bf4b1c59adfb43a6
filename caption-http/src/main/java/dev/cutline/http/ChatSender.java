package dev.cutline.http;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.prompt.chat.ChatAdaptation;
import dev.cutline.prompt.chat.ChatMapper;
import dev.cutline.prompt.chat.ChatOptions;
import java.util.Objects;

/**
 * One attempt at a server of chat completions, for every provider that has one: map, send, judge,
 * map. What the server refuses of the options is remembered and left out from then on; that one
 * call fails with {@link Reason#INTERNAL}, so that the chain's one retry succeeds without a second
 * attempt hidden in here. Thread-safe; does not close what it is given.
 */
public final class ChatSender {
  private final JsonHttp http;
  private final ErrorTable errors;
  private final ChatAdaptation adaptation;

  /** Starts with all of {@code options}. */
  public ChatSender(JsonHttp http, ErrorTable errors, ChatOptions options) {
    this.http = Objects.requireNonNull(http, "http");
    this.errors = Objects.requireNonNull(errors, "errors");
    this.adaptation = new ChatAdaptation(options);
  }

  /**
   * Returns the captions that the server writes.
   *
   * @param target address and headers; the body is added here
   * @throws CaptionException as {@link JsonHttp#post}, {@link ErrorTable#body} and {@link
   *     ChatMapper#reply} do
   */
  public CaptionReply caption(HttpPost.Builder target, CaptionRequest request) {
    ChatOptions sent = adaptation.options();
    HttpReply reply = http.post(target.json(ChatMapper.request(request, sent)), request);
    try {
      return ChatMapper.reply(errors.body(reply), request, sent.model()).toBuilder()
          .elapsed(reply.elapsed())
          .build();
    } catch (CaptionException e) {
      if (e.reason() == Reason.MISCONFIGURED && adaptation.learn(sent, reply.text())) {
        throw CaptionException.builder(
                Reason.INTERNAL, e.getMessage() + "; the next call goes without")
            .cause(e)
            .usage(e.usage())
            .build();
      }
      throw e;
    }
  }
}
