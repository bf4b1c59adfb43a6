/** Labels, moderation and captions made of labels, by Amazon Rekognition. */
module dev.cutline.rekognition {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires transitive dev.cutline.aws;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.services.rekognition;

  exports dev.cutline.rekognition;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.rekognition.RekognitionCaptionProvider;
  provides dev.cutline.spi.LabelProvider with
      dev.cutline.rekognition.RekognitionLabelProvider;
}
