package creek.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.deploy.WatchedFile.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class FileWorkTest {
    private static final Duration LONG = Duration.ofSeconds(250);

    private final WatchedFile file = new WatchedFile(Path.of("hangs.jar"));

    @Test
    void whatHangsIsToldOfAndGoesOnByItself() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<String> told = told(() -> FileWork.begin(file, Duration.ofMillis(20), () -> hang(release)));
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("hangs.jar"), told.get(0));
        assertNull(FileWork.outcome(file));
        assertTrue(file.isBusy());
        release.countDown();
        file.work().get(250, TimeUnit.SECONDS);
        assertEquals(Outcome.GOOD, FileWork.outcome(file));
    }

    @Test
    void whatEndsInTimeIsNotTold() throws Exception {
        assertEquals(List.of(), told(() -> FileWork.begin(file, LONG, () -> Outcome.GOOD)));
        assertEquals(Outcome.GOOD, FileWork.outcome(file));
    }

    @Test
    void anErrorIsAProblemOfTheFile() throws Exception {
        FileWork.begin(file, LONG, () -> {
            throw new NoClassDefFoundError("x");
        });
        assertEquals("can't deploy hangs.jar: java.lang.NoClassDefFoundError: x", FileWork.outcome(file).problem());
    }

    private static Outcome hang(CountDownLatch release) throws InterruptedException {
        release.await();
        return Outcome.GOOD;
    }

    private interface Action {
        void run() throws Exception;
    }

    private static List<String> told(Action action) throws Exception {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                messages.add(record.getMessage() + List.of(record.getParameters()));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger(FileWork.class.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return messages;
    }
}
