package dev.cutline.xmp;

import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records and sidecars that the tests of this package use. */
final class Samples {
  private static final String ID = "01936b6e-3e80-7c1a-9f00-0123456789ab";

  private Samples() {}

  /** A picture without captions. */
  static ImageRecord.Builder record() {
    return ImageRecord.builder("local", ID)
        .captionState(CaptionState.CAPTIONED)
        .createdAt(Instant.EPOCH)
        .updatedAt(Instant.EPOCH)
        .format(ImageFormat.JPEG)
        .dimensions(451, 300)
        .size(42_000)
        .sha256("ab".repeat(32));
  }

  /** A picture with a creative caption and an alt text in each language, and tags. */
  static ImageRecord captioned(Map<String, String> creative, String... tags) {
    List<CaptionVersion> captions = new ArrayList<>();
    creative.forEach(
        (language, text) -> {
          captions.add(caption(CaptionStyle.CREATIVE, language, text));
          captions.add(caption(CaptionStyle.ALT, language, "Alt: " + text));
        });
    return record()
        .languages(List.copyOf(creative.keySet()))
        .captions(captions)
        .tags(List.of(tags))
        .build();
  }

  /** What a picture with one caption in English says. */
  static PictureText english(String creative, String... tags) {
    return PictureText.of(captioned(Map.of("en", creative), tags));
  }

  static CaptionVersion caption(CaptionStyle style, String language, String text) {
    return CaptionVersion.builder(1, style, language, text, CaptionVersion.Author.MODEL)
        .createdAt(Instant.EPOCH)
        .build();
  }

  /** Returns a sidecar of the resources. */
  static String sidecar(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a sidecar with one node of {@code rdf:Description} with this in it. */
  static String sidecarWith(String properties) {
    return """
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
        %s
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        """
        .formatted(properties);
  }
}
