package dev.cutline.bedrock;

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
import dev.cutline.spi.Diagnosis;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks a model up, without asking it anything: that would cost something. Used once. */
final class BedrockDiagnosis {
  /** What stands before the id of a model in that of an inference profile (August 2026). */
  private static final Pattern PROFILE =
      Pattern.compile("(?:us|us-gov|eu|apac|ap|jp|au|ca|sa|me|af|global)\\.(.+)");

  private final String model;
  private final Optional<String> guardrail;
  private final AwsSettings settings;
  private final Optional<URI> controlEndpoint;
  private final boolean byApiKey;
  private final Diagnosis diagnosis;

  /** Takes settings that {@link BedrockSettings} has found nothing wrong with. */
  BedrockDiagnosis(Settings settings, Diagnosis diagnosis) {
    SettingsReader in = SettingsReader.of(settings);
    this.model = in.text("model", "");
    this.guardrail = in.text("guardrail");
    this.settings = AwsSettings.read(in);
    this.controlEndpoint = in.uri("control-endpoint");
    this.byApiKey = BedrockSettings.apiKey(in, this.settings).isPresent();
    this.diagnosis = diagnosis;
  }

  void run() {
    try (AwsClients clients = AwsClients.of(settings)) {
      AwsDiagnosis aws = AwsDiagnosis.of(clients, diagnosis);
      if (byApiKey) {
        diagnosis.about("credentials").ok("a Bedrock API key");
      } else if (!aws.identify()) {
        return;
      }
      diagnosis.needs(needed(aws).toJson());
      if (byApiKey || settings.endpoint().isPresent() && controlEndpoint.isEmpty()) {
        diagnosis.ok(
            "model "
                + model
                + " was not looked up, because "
                + (byApiKey ? "an API key is set" : "an endpoint is set and no control-endpoint"));
      } else if (!model.startsWith("arn:")) {
        lookUp(aws, clients);
      }
    }
  }

  private IamStatement needed(AwsDiagnosis aws) {
    List<String> actions = new ArrayList<>(List.of("bedrock:InvokeModel"));
    List<String> resources = new ArrayList<>();
    Matcher profile = PROFILE.matcher(model);
    if (model.startsWith("arn:")) {
      resources.add(model);
    } else if (profile.matches()) {
      resources.add(aws.arn("bedrock", "inference-profile/" + model));
      // A profile sends the call to other regions.
      resources.add(aws.anyRegionArn("bedrock", "foundation-model/" + profile.group(1)));
    } else {
      resources.add(aws.anyRegionArn("bedrock", "foundation-model/" + model));
    }
    guardrail.ifPresent(
        id -> {
          actions.add("bedrock:ApplyGuardrail");
          resources.add(id.startsWith("arn:") ? id : aws.arn("bedrock", "guardrail/" + id));
        });
    return new IamStatement(actions, resources);
  }

  private void lookUp(AwsDiagnosis aws, AwsClients clients) {
    ControlPlane bedrock =
        controlEndpoint
            .map(address -> ControlPlane.at(address, clients, "bedrock"))
            .orElseGet(() -> ControlPlane.of(clients, "bedrock", "bedrock"));
    Matcher profile = PROFILE.matcher(model);
    if (!profile.matches()) {
      model(aws, bedrock, model);
    } else if (profile(aws, bedrock)) {
      model(aws, bedrock, profile.group(1));
    }
  }

  private boolean profile(AwsDiagnosis aws, ControlPlane bedrock) {
    Optional<JsonNode> found =
        ask(aws, bedrock, "/inference-profiles/", model, "bedrock:GetInferenceProfile");
    found.ifPresent(
        answer -> {
          String status = answer.path("status").asText();
          if (status.equals("ACTIVE")) {
            diagnosis.ok("inference profile " + model + " is active");
          } else {
            diagnosis.fail("inference profile " + model + " is " + status, "set another model");
          }
        });
    return found.isPresent();
  }

  private void model(AwsDiagnosis aws, ControlPlane bedrock, String id) {
    ask(aws, bedrock, "/foundation-models/", id, "bedrock:GetFoundationModel")
        .map(answer -> answer.path("modelDetails"))
        .ifPresent(details -> judge(id, details));
  }

  private void judge(String id, JsonNode details) {
    boolean sees = false;
    for (JsonNode modality : details.path("inputModalities")) {
      sees |= modality.asText().equals("IMAGE");
    }
    String status = details.path("modelLifecycle").path("status").asText();
    if (!sees) {
      diagnosis.fail("model " + id + " reads no pictures", "set a model that does");
    } else if (status.equals("LEGACY")) {
      diagnosis.warn("model " + id + " is near its end of life", "set model to its successor");
    } else {
      diagnosis.ok("model " + id + " is there and reads pictures");
    }
  }

  /** Returns what is known of a thing; what hinders that is told. */
  private Optional<JsonNode> ask(
      AwsDiagnosis aws, ControlPlane bedrock, String path, String id, String action) {
    try {
      return Json.read(bedrock.get(path + URLEncoder.encode(id, StandardCharsets.UTF_8)));
    } catch (SdkException e) {
      AwsProblem problem = AwsProblem.of(e);
      if (problem == AwsProblem.NOT_FOUND || problem == AwsProblem.BAD_REQUEST) {
        diagnosis.fail(
            "Bedrock knows no model " + id + " in " + settings.region(),
            "check model, and whether this region has it");
      } else {
        aws.unread("whether there is a model " + id, e, action);
      }
      return Optional.empty();
    }
  }
}
