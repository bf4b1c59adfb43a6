package dev.cutline.sagemaker;

/** What a container wants to be sent. */
public enum Payload {
  /** The bytes of the picture, to a Hugging Face container with the task image-to-text. */
  HF_IMAGE_BYTES,
  /** {@code {"inputs": base64}}, to the same where something on the way takes JSON only. */
  HF_JSON_BASE64,
  /** A chat completion of OpenAI's, to vLLM, DJL-LMI or TGI. */
  OPENAI_CHAT
}
