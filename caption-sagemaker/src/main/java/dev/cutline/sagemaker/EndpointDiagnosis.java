package dev.cutline.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsDiagnosis;
import dev.cutline.aws.AwsProblem;
import dev.cutline.aws.AwsSettings;
import dev.cutline.aws.ControlPlane;
import dev.cutline.aws.IamStatement;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;
import dev.cutline.spi.Diagnosis;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks whether an endpoint is in service, without asking its model anything. Used once. */
final class EndpointDiagnosis {
  private static final String ACTION = "sagemaker:DescribeEndpoint";

  private final String endpointName;
  private final Optional<String> component;
  private final AwsSettings settings;
  private final Optional<URI> controlEndpoint;
  private final Diagnosis diagnosis;

  /** Takes settings that {@link SageMakerSettings} has found nothing wrong with. */
  EndpointDiagnosis(Settings settings, Diagnosis diagnosis) {
    SettingsReader in = SettingsReader.of(settings);
    this.endpointName = in.text("endpoint-name", "");
    this.component = in.text("inference-component");
    this.settings = AwsSettings.read(in);
    this.controlEndpoint = in.uri("control-endpoint");
    this.diagnosis = diagnosis;
  }

  void run() {
    try (AwsClients clients = AwsClients.of(settings)) {
      AwsDiagnosis aws = AwsDiagnosis.of(clients, diagnosis);
      if (!aws.identify()) {
        return;
      }
      diagnosis.needs(needed(aws).toJson());
      if (settings.endpoint().isPresent() && controlEndpoint.isEmpty()) {
        diagnosis.ok(
            "endpoint "
                + endpointName
                + " was not looked up, because an endpoint is set and no control-endpoint");
      } else {
        lookUp(aws, clients);
      }
    }
  }

  private IamStatement needed(AwsDiagnosis aws) {
    List<String> resources = new ArrayList<>();
    resources.add(aws.arn("sagemaker", "endpoint/" + endpointName));
    component.ifPresent(name -> resources.add(aws.arn("sagemaker", "inference-component/" + name)));
    return new IamStatement(List.of("sagemaker:InvokeEndpoint"), resources);
  }

  private void lookUp(AwsDiagnosis aws, AwsClients clients) {
    ControlPlane sagemaker =
        controlEndpoint
            .map(address -> ControlPlane.at(address, clients, "sagemaker"))
            .orElseGet(() -> ControlPlane.of(clients, "sagemaker", "api.sagemaker"));
    String question = Json.text(Json.object().put("EndpointName", endpointName));
    try {
      Json.read(sagemaker.post("SageMaker.DescribeEndpoint", question)).ifPresent(this::judge);
    } catch (SdkException e) {
      AwsProblem problem = AwsProblem.of(e);
      if (problem == AwsProblem.NOT_FOUND || problem == AwsProblem.BAD_REQUEST) {
        diagnosis.fail(
            "SageMaker knows no endpoint " + endpointName + " in " + settings.region(),
            "check endpoint-name and region, or deploy it");
      } else {
        aws.unread("whether endpoint " + endpointName + " is in service", e, ACTION);
      }
    }
  }

  private void judge(JsonNode answer) {
    String status = answer.path("EndpointStatus").asText();
    String what = "endpoint " + endpointName + " is " + status;
    switch (status) {
      case "InService" -> diagnosis.ok(what);
      // It goes on answering as it did before.
      case "Updating", "SystemUpdating", "RollingBack" ->
          diagnosis.warn(what, "wait until it is InService");
      case "Creating" -> diagnosis.fail(what, "wait until it is InService");
      default ->
          diagnosis.fail(
              what + reason(answer.path("FailureReason").asText()), "deploy it anew, then wait");
    }
  }

  private static String reason(String text) {
    return text.isEmpty() ? "" : " (" + OneLine.of(text, 160) + ")";
  }
}
