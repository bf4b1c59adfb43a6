package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {
  @TempDir Path folder;

  @Test
  void tellsWhatJavaTellsByTheClassOfAnException() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(reason(() -> Files.size(folder.resolve("none")))).isEqualTo("it does not exist");
    assertThat(reason(() -> Files.createFile(file))).isEqualTo("it exists already");
    assertThat(reason(() -> Files.delete(folder))).isEqualTo("it is a folder that is not empty");
    assertThat(FileProblem.reason(new NotDirectoryException("x"))).isEqualTo("it is no folder");
    assertThat(FileProblem.reason(new AccessDeniedException("x"))).isEqualTo("not allowed");
    assertThat(FileProblem.reason(new MalformedInputException(1)))
        .isEqualTo("it is no text in UTF-8");
  }

  @Test
  void tellsWhatTheSystemSaysAndNoName() {
    assertThat(FileProblem.reason(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(FileProblem.reason(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void saysSoWhereNobodyTells() {
    for (IOException silent :
        new IOException[] {
          new IOException(), new IOException(" "), new FileSystemException("/a")
        }) {
      assertThat(FileProblem.reason(silent)).isEqualTo("the system gives no reason");
    }
  }

  private static String reason(ThrowingCallable work) {
    return FileProblem.reason(catchThrowableOfType(IOException.class, work));
  }
}
