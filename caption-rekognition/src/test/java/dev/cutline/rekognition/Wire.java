package dev.cutline.rekognition;

import dev.cutline.httptest.Answer;

/** Answers as Rekognition writes them. */
final class Wire {
  static final String LABELS =
      """
      {"Labels": [
         {"Name": "Brick", "Confidence": 91.4, "Instances": [], "Parents": [], "Aliases": [],
          "Categories": [{"Name": "Buildings and Architecture"}]},
         {"Name": "Bicycle", "Confidence": 99.1,
          "Instances": [
            {"BoundingBox": {"Width": 0.5, "Height": 0.75, "Left": 0.25, "Top": 0.125},
             "Confidence": 99.1},
            {"BoundingBox": {"Width": 0.5, "Height": 0.5, "Left": -0.25, "Top": 0.75},
             "Confidence": 80.0},
            {"BoundingBox": {"Width": 0.5, "Height": 0.5, "Left": 1.25, "Top": 0.75}},
            {"Confidence": 80.0}],
          "Parents": [{"Name": "Vehicle"}, {"Name": "Transportation"}],
          "Aliases": [{"Name": "Bike"}], "Categories": [{"Name": "Vehicles and Automotive"}]},
         {"Name": "Vehicle", "Confidence": 99.1},
         {"Name": "Wall", "Confidence": 90.0},
         {"Name": " ", "Confidence": 90.0},
         {"Name": "Shadow", "Confidence": 12.0}],
       "LabelModelVersion": "3.0"}""";

  static final String MODERATION =
      """
      {"ModerationLabels": [
         {"Name": "Violence", "ParentName": "", "Confidence": 70.0, "TaxonomyLevel": 1},
         {"Name": "Weapons", "ParentName": "Violence", "Confidence": 88.0, "TaxonomyLevel": 2}],
       "ModerationModelVersion": "7.0", "ContentTypes": []}""";

  static final String HARMLESS =
      "{\"ModerationLabels\":[],\"ModerationModelVersion\":\"7.0\",\"ContentTypes\":[]}";

  private Wire() {}

  static Answer error(int status, String type, String message) {
    return Answer.of(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }
}
