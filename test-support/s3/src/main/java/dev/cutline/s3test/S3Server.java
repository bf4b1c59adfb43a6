package dev.cutline.s3test;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * A server that speaks S3 on a free port of this machine and keeps objects in memory: s3proxy,
 * which checks signatures and the expiry of presigned addresses and knows versions, conditional
 * writes and multipart uploads. Thread-safe.
 */
public final class S3Server implements AutoCloseable {
  /** The region that clients of this server sign for. */
  public static final Region REGION = Region.US_EAST_1;

  /** The same as those of the test module of DynamoDB, so that one account has both. */
  private static final String ACCESS_KEY = "test";

  private static final String SECRET_KEY = "test";

  private final S3Proxy proxy;
  private final S3Client client;

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
    this.client = clientBuilder().httpClientBuilder(ApacheHttpClient.builder()).build();
  }

  /** Starts a server without buckets. */
  public static S3Server start() {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new ConsistentBlobStore(new TransientNio2BlobStore()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      // Returns once the port is bound.
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("s3proxy does not start", e);
    }
    return new S3Server(proxy);
  }

  /** Returns where the server answers; buckets are the first segment of the path. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  /** Returns what every request has to be signed with. */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
  }

  /** Starts a client of this server, which lacks its HTTP client; whoever builds it closes it. */
  public S3ClientBuilder clientBuilder() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(credentials())
        .forcePathStyle(true);
  }

  /** Returns a client of this server that is closed with it. */
  public S3Client client() {
    return client;
  }

  /** Makes a bucket that keeps no old versions, and returns its name. */
  public String createBucket(String name) {
    client.createBucket(request -> request.bucket(name));
    return name;
  }

  /** Makes a bucket that keeps old versions, and returns its name. */
  public String createVersionedBucket(String name) {
    createBucket(name);
    client.putBucketVersioning(
        request ->
            request
                .bucket(name)
                .versioningConfiguration(
                    versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    return name;
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("s3proxy does not stop", e);
    }
  }
}
