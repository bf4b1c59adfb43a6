package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Captioner;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RateLimiter;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.core.Cutline;
import dev.cutline.core.ObjectKeys;
import dev.cutline.core.Rendition;
import dev.cutline.core.Upload;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.palette.PaletteCaptioner;
import dev.cutline.s3test.S3Server;
import dev.cutline.storage.dynamodb.DynamoDbRateLimiter;
import dev.cutline.storage.dynamodb.DynamoDbRecordStore;
import dev.cutline.storage.s3.S3ImageStore;
import dev.cutline.testsupport.corpus.Corpus;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How many requests of S3 and DynamoDB whole pieces of work take, counted where they leave: each is
 * paid for and waited for. Those of the caption cache and of the words that a record is found by
 * are counted apart.
 */
class AwsCallsIT {
  private static final String OWNER = "alice";
  private static final int OFTEN = 10_000;

  private static S3Server server;

  private final SdkCalls ofS3 = new SdkCalls();
  private final SdkCalls ofDynamoDb = new SdkCalls();
  private final Captioner palette = PaletteCaptioner.ofDefaults();
  private S3Client s3;
  private DynamoDbClient dynamoDb;
  private ImageStore images;
  private RecordStore records;
  private Cutline cutline;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    AwsPremises premises = AwsPremises.versioned(server);
    s3 =
        server
            .clientBuilder()
            .httpClientBuilder(ApacheHttpClient.builder())
            .overrideConfiguration(override -> override.addExecutionInterceptor(ofS3))
            .build();
    dynamoDb = LocalDynamoDb.get().client(ofDynamoDb);
    images = S3ImageStore.builder(s3, premises.bucket()).build();
    records = DynamoDbRecordStore.builder(dynamoDb, premises.table()).open();
    RateLimiter limiter =
        DynamoDbRateLimiter.builder(dynamoDb, premises.table(), OFTEN, Duration.ofHours(1)).open();
    cutline =
        Cutline.builder()
            .images(images)
            .records(records)
            .rateLimiter(limiter)
            .captioner("palette", palette)
            .build();
    forget();
  }

  @AfterEach
  void close() {
    cutline.close();
    records.close();
    images.close();
    palette.close();
    dynamoDb.close();
    s3.close();
  }

  @Test
  void anUploadOfUpToEightMegabytesIsThreeRequestsOfS3AndFourOfDynamoDb() throws IOException {
    byte[] picture = noise(1_650);
    assertThat(picture).hasSizeBetween(8_000_000, 8 << 20);

    cutline.upload(Upload.builder(OWNER, picture).title("Noise").build());

    assertThat(ofS3.take()).containsExactly("PutObject", "PutObject", "PutObject");
    List<String> calls = ofDynamoDb.take();
    assertThat(calls.stream().filter(call -> !isOfWords(call) && !isOfCache(call)))
        .as("rate, create, stored, captioned")
        .containsExactly(
            "UpdateItem BUCKET",
            "PutItem IMAGE",
            "UpdateItem IMAGE",
            "TransactWriteItems CAPTIONS IMAGE");
    assertThat(calls.stream().filter(AwsCallsIT::isOfCache))
        .as("not known; kept once it is; whether there are too many")
        .containsExactly(
            "GetItem CACHE", "PutItem CACHE", "TransactWriteItems CACHE", "GetItem CACHE");
    assertThat(calls.stream().filter(AwsCallsIT::isOfWords).filter(call -> !isBatch(call)))
        .as("of words, besides batches of 25, when it is stored and when it is captioned")
        .containsExactly(
            "GetItem INDEX",
            "PutItem INDEX",
            "PutItem INDEX",
            "UpdateItem MARK",
            "GetItem INDEX",
            "PutItem INDEX",
            "PutItem INDEX",
            "UpdateItem MARK");
    assertThat(calls.stream().filter(AwsCallsIT::isBatch)).hasSizeBetween(2, 10);
  }

  @Test
  void aLargerPictureTakesOneRequestMoreForEachPartAndTwoBesides() throws IOException {
    byte[] picture = noise(1_750);
    assertThat(picture).hasSizeBetween(8 << 20, 10_000_000);

    cutline.upload(Upload.builder(OWNER, picture).build());

    assertThat(ofS3.take())
        .containsExactly(
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPart",
            "CompleteMultipartUpload",
            "PutObject",
            "PutObject");
  }

  @Test
  void aPageOfTwentyIsOneQuery() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      ids.add(0, upload().id());
    }
    forget();

    RecordPage first = cutline.query(RecordQuery.builder(OWNER).limit(20).build());

    assertThat(first.items()).extracting(ImageRecord::id).isEqualTo(ids.subList(0, 20));
    assertThat(ofDynamoDb.take()).containsExactly("Query IMAGE");
    RecordPage second =
        cutline.query(
            RecordQuery.builder(OWNER).limit(20).cursor(first.nextCursor().orElseThrow()).build());
    assertThat(second.items()).extracting(ImageRecord::id).isEqualTo(ids.subList(20, 40));
    assertThat(ofDynamoDb.take()).containsExactly("Query IMAGE");
    assertThat(ofS3.take()).isEmpty();
  }

  @Test
  void anAddressIsSignedWithoutAskingAnybodyButWhoseThePictureIs() {
    ImageRecord record = upload();
    forget();
    String key = ObjectKeys.of(OWNER, record.id(), Rendition.THUMBNAIL, record.format());

    assertThat(images.presign(key, Duration.ofHours(1))).isPresent();

    assertThat(ofS3.take()).isEmpty();
    assertThat(ofDynamoDb.take()).isEmpty();
    assertThat(cutline.presign(OWNER, record.id(), Rendition.THUMBNAIL, Duration.ofHours(1)))
        .isPresent();
    assertThat(ofS3.take()).isEmpty();
    assertThat(ofDynamoDb.take()).containsExactly("GetItem IMAGE");
  }

  @Test
  void aDeletionIsThreeRequestsOfS3AndTwoOfDynamoDbOnceThePictureIsMarked() {
    String id = upload().id();
    forget();

    cutline.delete(OWNER, id);

    assertThat(ofS3.take())
        .containsExactly("ListMultipartUploads", "ListObjectVersions", "DeleteObjects");
    assertThat(ofDynamoDb.take().stream().filter(call -> !isOfWords(call)))
        .containsExactly(
            "GetItem IMAGE", // whether the owner has it
            "UpdateItem IMAGE", // marked, before anything goes
            "PutItem IMAGE", // its tombstone
            "BatchWriteItem CAPTIONS");
    assertThat(images.list("", null, 10).items()).isEmpty();
    assertThat(cutline.find(OWNER, id)).isEmpty();
  }

  private ImageRecord upload() {
    return cutline.upload(Upload.builder(OWNER, Corpus.bytes("png/bilevel.png")).build());
  }

  private void forget() {
    ofS3.take();
    ofDynamoDb.take();
  }

  private static boolean isOfWords(String call) {
    return call.endsWith(" INDEX") || call.endsWith(" MARK") || isBatch(call);
  }

  private static boolean isBatch(String call) {
    return call.startsWith("BatchWriteItem") && !call.endsWith("CAPTIONS");
  }

  private static boolean isOfCache(String call) {
    return call.endsWith(" CACHE");
  }

  /** Returns a PNG of some 3 bytes a pixel, which nothing can compress. */
  private static byte[] noise(int width) throws IOException {
    BufferedImage image = new BufferedImage(width, width, BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[width];
    Random random = new Random(1);
    for (int y = 0; y < width; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt(1 << 24);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
