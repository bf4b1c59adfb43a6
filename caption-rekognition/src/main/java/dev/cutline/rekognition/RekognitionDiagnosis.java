package dev.cutline.rekognition;

import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsDiagnosis;
import dev.cutline.aws.AwsSettings;
import dev.cutline.aws.IamStatement;
import dev.cutline.spi.Diagnosis;
import java.util.List;

/**
 * Looks as whom Rekognition would be asked. It has nothing else to look at: no model is to be
 * chosen, and every call is paid for.
 */
final class RekognitionDiagnosis {
  private RekognitionDiagnosis() {}

  static void run(Settings settings, Diagnosis diagnosis, List<String> actions) {
    try (AwsClients clients = AwsClients.of(AwsSettings.read(SettingsReader.of(settings)))) {
      if (AwsDiagnosis.of(clients, diagnosis).identify()) {
        // These operations know no resources.
        diagnosis.needs(new IamStatement(actions, List.of("*")).toJson());
      }
    }
  }
}
