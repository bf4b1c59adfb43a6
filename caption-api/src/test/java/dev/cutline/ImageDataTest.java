package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImageDataTest {
  @Test
  void keepsItsBytesWhateverOthersDoWithTheirs() throws Exception {
    byte[] given = {1, 2, 3};
    ImageData image = ImageData.of(given, ImageFormat.PNG, 2, 5);
    given[0] = 9;
    image.toByteArray()[1] = 9;
    image.openStream().readAllBytes()[2] = 9;

    assertThat(image.toByteArray()).containsExactly(1, 2, 3);
    assertThat(image.openStream().readAllBytes()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> image.asByteBuffer().put(0, (byte) 9))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(image.asByteBuffer().hasArray()).isFalse();
  }

  @Test
  void wrapsWithoutACopy() {
    byte[] given = {1, 2, 3};
    ImageData image = ImageData.wrap(given, ImageFormat.PNG, 2, 5);
    given[0] = 9;

    assertThat(image.toByteArray()).containsExactly(9, 2, 3);
  }

  @Test
  void describesItselfWithoutItsBytes() {
    ImageData image =
        ImageData.of("secret".getBytes(StandardCharsets.UTF_8), ImageFormat.JPEG, 640, 480);

    assertThat(image).hasToString("JPEG 640x480, 6 bytes");
    assertThat(image.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(image.longEdge()).isEqualTo(640);
    assertThat(image.width()).isEqualTo(640);
    assertThat(image.height()).isEqualTo(480);
    assertThat(image.size()).isEqualTo(6);
    assertThat(image.toBase64()).isEqualTo("c2VjcmV0");
    assertThat(image.sha256())
        .isEqualTo("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
  }

  @Test
  void refusesWhatIsNoPicture() {
    byte[] some = {1};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.of(new byte[0], ImageFormat.PNG, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.of(some, ImageFormat.PNG, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageData.wrap(some, ImageFormat.PNG, 1, -1));
  }

  @Test
  void knowsMediaTypesInEveryLocale() {
    assertThat(ImageFormat.ofMediaType("IMAGE/GIF; charset=x")).hasValue(ImageFormat.GIF);
    assertThat(ImageFormat.ofMediaType("image/tiff")).isEmpty();
    for (ImageFormat format : ImageFormat.values()) {
      assertThat(ImageFormat.ofMediaType(format.mediaType())).hasValue(format);
    }
    for (CaptionStyle style : CaptionStyle.values()) {
      assertThat(CaptionStyle.ofId(style.id())).hasValue(style);
    }
    assertThat(CaptionStyle.ofId("CONCISE")).isEmpty();
  }
}
