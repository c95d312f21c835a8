package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.console.ConsoleRuntimeConfig;
import io.quarkus.runtime.logging.LogCleanupFilter;
import io.quarkus.runtime.logging.LogRuntimeConfig.AsyncConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig.ConsoleConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig.FileConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig.FileConfig.RotationConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig.SocketConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig.SyslogConfig;
import io.quarkus.runtime.logging.LoggingSetupRecorder;
import java.io.FileNotFoundException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.logging.ErrorManager;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.FormatStep;
import org.jboss.logmanager.formatters.Formatters;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.AsyncHandler;
import org.jboss.logmanager.handlers.FileHandler;

/**
 * What a container writes goes to its standard output, and is collected there. A log file is a plain one, that is not rotated;
 * sockets need what the image does not have, and colours a terminal.
 * Saved 4,132,864 bytes, 263 kB of them padding of the heap.
 */
final class WithoutLogFiles {

    /** Of Quarkus: a start that asks for rotation gives others. */
    private static final int DEFAULT_BACKUPS = 5;
    private static final long DEFAULT_BYTES = 10 << 20;

    private static ConfigurationException refusal(String key) {
        return new ConfigurationException(key + ": this server writes its log to the console, or to a file that is not rotated",
                Set.of(key));
    }

    @TargetClass(LoggingSetupRecorder.class)
    static final class Handlers {

        @Substitute
        private static Handler configureFileHandler(FileConfig config, ErrorManager errors, LogCleanupFilter cleanup,
                Map<String, Filter> filters, List<RuntimeValue<Optional<Formatter>>> formatters, boolean dependencies) {
            RotationConfig rotation = config.rotation();
            if (rotation.fileSuffix().isPresent() || rotation.maxBackupIndex() != DEFAULT_BACKUPS
                    || rotation.maxFileSize().asLongValue() != DEFAULT_BYTES) {
                throw refusal("quarkus.log.file.rotation");
            }
            if (config.async().enabled()) {
                throw refusal("quarkus.log.file.async.enabled=true");
            }
            try {
                // A plain one: a file that is rotated is renamed, counted and zipped, by the names of dates.
                FileHandler handler = new FileHandler(new PatternFormatter(config.format()), config.path(), true);
                handler.setLevel(config.level());
                handler.setErrorManager(errors);
                handler.setFilter(cleanup);
                return handler;
            } catch (FileNotFoundException e) {
                throw new ConfigurationException("quarkus.log.file.path=" + config.path() + " cannot be written: "
                        + e.getMessage(), Set.of("quarkus.log.file.path"));
            }
        }

        @Substitute
        private static Handler configureSyslogHandler(SyslogConfig config, ErrorManager errors, LogCleanupFilter cleanup,
                Map<String, Filter> filters, List<RuntimeValue<Optional<Formatter>>> formatters, boolean dependencies) {
            throw refusal("quarkus.log.syslog.enabled=true");
        }

        @Substitute
        private static Handler configureSocketHandler(SocketConfig config, ErrorManager errors, LogCleanupFilter cleanup,
                Map<String, Filter> filters, List<RuntimeValue<Optional<Formatter>>> formatters, boolean dependencies) {
            throw refusal("quarkus.log.socket.enabled=true");
        }

        @Substitute
        private static AsyncHandler createAsyncHandler(AsyncConfig config, java.util.logging.Level level, Handler handler) {
            throw refusal("quarkus.log.console.async.enabled=true");
        }

        @Substitute
        private static boolean isColorEnabled(ConsoleRuntimeConfig console, ConsoleConfig config) {
            return false;
        }
    }

    /** Each %d, whatever its pattern, is the time in UTC as in ISO 8601: a parser of patterns brings the texts of locales. */
    @TargetClass(Formatters.class)
    static final class Dates {

        @Substitute
        public static FormatStep dateFormatStep(TimeZone zone, String pattern, boolean leftJustify, int minimumWidth,
                boolean truncateBeginning, int maximumWidth) {
            return new UtcTime();
        }
    }

    static final class UtcTime implements FormatStep {

        @Override
        public void render(StringBuilder builder, ExtLogRecord record) {
            long millis = record.getMillis();
            int nanos = (int) Math.floorMod(millis, 1000L) * 1_000_000;
            builder.append(LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), nanos, ZoneOffset.UTC)).append('Z');
        }

        @Override
        public int estimateLength() {
            return 24;
        }
    }
}
