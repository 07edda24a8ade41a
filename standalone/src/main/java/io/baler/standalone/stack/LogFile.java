package io.baler.standalone.stack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.baler.job.LoggedExport;
import io.baler.local.LocalStack;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of everything in this JVM, in one file that does not grow without end; {@code logback.xml} lets only what
 * an operator should look at through to the terminal. Spring's own logging system is off: three applications here
 * would configure one logback three times.
 */
public final class LogFile {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %-24.24thread " + LoggedExport.PATTERN + "%logger{30} %msg%n";
    private static final long LARGEST = 20 * FileSize.MB_COEFFICIENT;
    private static final int OLDER_ONES = 3;

    private LogFile() {}

    public static void open(Path file) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs through java.util.logging
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LocalStack.QUIET_LOGGERS.forEach(LogFile::level);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender(file, context));
    }

    /**
     * Sets how much one logger tells.
     *
     * @param level as in {@code --logging.level.io.baler=debug}
     */
    public static void level(String logger, String level) {
        var name = "root".equalsIgnoreCase(logger) ? Logger.ROOT_LOGGER_NAME : logger;
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name).setLevel(Level.toLevel(level));
    }

    private static RollingFileAppender<ILoggingEvent> appender(Path file, LoggerContext context) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(file.toString());
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        appender.setTriggeringPolicy(trigger(context));

        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMaxIndex(OLDER_ONES);
        rolling.start();
        appender.setRollingPolicy(rolling);

        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext context) {
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(LARGEST));
        trigger.start();
        return trigger;
    }
}
