/** Captions by endpoints of Amazon SageMaker. */
module dev.cutline.sagemaker {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.cutline;
  requires transitive dev.cutline.aws;
  requires transitive dev.cutline.prompt;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.services.sagemakerruntime;

  exports dev.cutline.sagemaker;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.sagemaker.SageMakerCaptionProvider;
}
