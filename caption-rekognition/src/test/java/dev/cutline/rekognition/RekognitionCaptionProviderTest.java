package dev.cutline.rekognition;

import dev.cutline.httptest.NoAwsProfiles;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoAwsProfiles.class)
class RekognitionCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return RekognitionCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("region", "us-east-1");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("region", "AWS_REGION");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of("region", "Frankfurt am Main", "endpoint", "rekognition.amazonaws.com");
  }
}
