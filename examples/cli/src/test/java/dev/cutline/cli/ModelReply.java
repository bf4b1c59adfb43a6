package dev.cutline.cli;

/** What a server that speaks as OpenAI's does answers, for a thousand tokens in and fifty out. */
final class ModelReply {
  private ModelReply() {}

  /** Returns a good answer in all three styles. */
  static String by(String model) {
    return """
        {"id": "1", "object": "chat.completion", "created": 1795132800, "model": "MODEL",
         "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant",
           "content": "{\\"concise\\": \\"A tabby cat looks into the camera\\", \\"creative\\": \\"Green eyes weigh you up.\\", \\"alt\\": \\"Face of a tabby cat\\", \\"decorative\\": false}"}}],
         "usage": {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}}
        """
        .replace("MODEL", model);
  }
}
