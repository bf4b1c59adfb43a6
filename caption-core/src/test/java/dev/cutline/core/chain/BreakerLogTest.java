package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cutline.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a user reads in the log when a rung is left alone. */
class BreakerLogTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RungState.class);
  private final Level usual = logger.getLevel();
  private final ChainBed bed = new ChainBed();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARN); // the tests are silent otherwise
    logger.setAdditive(false);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(usual);
    logger.setAdditive(true);
  }

  @Test
  void saysOnceWhyARungIsLeftAlone() {
    bed.caption(bed.rung(model(fails(Reason.UNAUTHORIZED))).rung(model(answers("A dog"))).chain());

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .endsWith("does not work (UNAUTHORIZED (says UNAUTHORIZED)) and is left alone for 300 s");
  }
}
