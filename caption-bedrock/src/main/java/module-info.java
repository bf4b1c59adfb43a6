/** Captions by Amazon Bedrock (Converse). */
module dev.cutline.bedrock {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.cutline;
  requires transitive dev.cutline.aws;
  requires dev.cutline.prompt;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.services.bedrockruntime;

  exports dev.cutline.bedrock;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.bedrock.BedrockCaptionProvider;
}
