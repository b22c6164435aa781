import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages jobs, runs them as a device does ({@code ./file.jar}), and measures: the size of the file; resident memory (VmRSS), the median of samples at
 * half-second intervals, beside that of a virtual machine with the same flags that sleeps; live heap after a full collection (the total of a
 * class histogram of live objects) at full speed; the time from the start of the process to the first byte of output.
 * Readings of 1,000 devices: from a file of 2 GB as fast as the job reads, by MQTT 10,000 a second and as fast as the broker brings them.
 */
final class Footprint {
    private static final int PORT = 28884;
    private static final int DEVICES = 1000;
    /** At 1.2 million a second, what jobs of this kind read here, the measurements take two thirds of them. */
    private static final int READINGS = 24_000_000;
    private static final int STARTS = 3;
    private static final Pattern ENVIRONMENT = Pattern.compile("(MALLOC_\\w+)=\"\\$\\{\\1:-(\\d+)}\"");
    private static final Pattern FLAGS = Pattern.compile("(?m)^exec \"\\$java\" (.*?) \\$\\{CREEK_OPTS");

    private final Path creek;
    private final Path work;
    /** What the job that was started last has said. */
    private Path log;

    private Footprint(Path creek, Path work) {
        this.creek = creek;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("creek-footprint");
        try {
            new Footprint(Path.of(args[0]).toRealPath(), work).measure();
        } finally {
            delete(work);
        }
    }

    private void measure() throws Exception {
        System.out.println("Java " + System.getProperty("java.version") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        for (String job : List.of("file", "mqtt", "kafka")) {
            pack(job, job + ".jar");
            row("size of the " + job + " job's file", Files.size(work.resolve(job + ".jar")) / 1e6, "MB", job.equals("kafka") ? 16 : 7);
        }
        pack("kafka", "kafka-small.jar", "--platform", "linux-x86_64,linux-aarch64");
        row("the same for linux-x86_64,linux-aarch64", Files.size(work.resolve("kafka-small.jar")) / 1e6, "MB", 16);
        String script = new String(Files.readAllBytes(work.resolve("file.jar")), StandardCharsets.ISO_8859_1);
        Matcher flags = FLAGS.matcher(script);
        if (!flags.find()) {
            throw new IllegalStateException("no flags in the start script");
        }
        double bare = bare(flags.group(1), ENVIRONMENT.matcher(script));
        row("a virtual machine that sleeps, resident", bare, "MB", 0);
        writeReadings();
        for (boolean archive : new boolean[] {false, true}) {
            if (archive) {
                archive("file");
                archive("mqtt");
            }
            String how = archive ? ", with archive" : "";
            starts(how);
            file(how, bare);
            mqtt(how, bare, 10_000, 12);
            mqtt(how, bare, Integer.MAX_VALUE, 10);
        }
        withoutFlags();
    }

    private static void row(String what, double value, String unit, double limit) {
        System.out.printf("%-60s %8.2f %-3s %s%n", what, value, unit, limit == 0 ? "" : (value <= limit ? "ok" : "OVER") + " (" + limit + ")");
    }

    private void pack(String job, String file, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of(creek.toString(), "package", Path.of(job + ".sql").toAbsolutePath().toString(), "-o", file));
        line.addAll(Arrays.asList(options));
        run(line);
    }

    private void archive(String job) throws Exception {
        run(List.of(work.resolve(job + ".jar").toString(), "--warm-up"));
    }

    private void run(List<String> line) throws Exception {
        int status = new ProcessBuilder(line).directory(work.toFile()).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(line + " ended with " + status);
        }
    }

    private double bare(String flags, Matcher environment) throws Exception {
        Path source = Files.writeString(work.resolve("Sleep.java"),
                "public class Sleep { public static void main(String[] a) throws Exception { Thread.sleep(60000); } }");
        run(List.of(java("javac"), source.toString()));
        List<String> line = new ArrayList<>(List.of(java("java")));
        line.addAll(Arrays.asList(flags.split(" ")));
        line.addAll(List.of("-cp", work.toString(), "Sleep"));
        ProcessBuilder builder = new ProcessBuilder(line);
        while (environment.find()) {
            builder.environment().put(environment.group(1), environment.group(2));
        }
        Process process = builder.start();
        try {
            Thread.sleep(3000);
            return resident(process, 4);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private void starts(String how) throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            Process job = startFile();
            try {
                seconds.add(first(job));
                processor.add(processorSeconds(job));
            } finally {
                stop(job);
            }
        }
        row("file" + how + ": first record out after, median of " + STARTS, median(seconds), "s", 1.5);
        row("file" + how + ": processor time until then", median(processor), "s", 0);
    }

    private Process startFile() throws IOException {
        delete(work.resolve("per_device"));
        return start("file");
    }

    private void file(String how, double bare) throws Exception {
        Process job = startFile();
        try {
            first(job);
            Thread.sleep(3000);
            double resident = resident(job, 6);
            row("file" + how + ": resident at full speed", resident, "MB", 0);
            row("file" + how + ": times the sleeping one", resident / bare, "", 2.2);
            row("file" + how + ": live heap at full speed", live(job), "MB", 7);
        } finally {
            stop(job);
        }
    }

    private void mqtt(String how, double bare, int rate, int seconds) throws Exception {
        String load = rate == Integer.MAX_VALUE ? "full speed" : rate + "/s";
        Path configuration = Files.writeString(work.resolve("mosquitto.conf"), "listener " + PORT + " 127.0.0.1\nallow_anonymous true\n"
                + "persistence false\nmax_queued_messages 10000\n");
        Process broker = new ProcessBuilder("mosquitto", "-v", "-c", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(work.resolve("mosquitto.log").toFile()).start();
        try {
            Thread.sleep(500);
            Process job = start("mqtt");
            try {
                awaitSubscription();
                Thread publisher = new Thread(() -> publish(rate, seconds));
                publisher.start();
                Thread.sleep(TimeUnit.SECONDS.toMillis(seconds) / 2);
                double resident = resident(job, seconds / 2 - 1);
                row("mqtt" + how + ", " + load + ": resident", resident, "MB", 0);
                row("mqtt" + how + ", " + load + ": times the sleeping one", resident / bare, "", rate == Integer.MAX_VALUE ? 2.2 : 1.8);
                row("mqtt" + how + ", " + load + ": live heap", live(job), "MB", 7);
                publisher.join();
            } finally {
                stop(job);
            }
        } finally {
            broker.destroy();
            broker.waitFor();
        }
    }

    private void awaitSubscription() throws Exception {
        for (int i = 0; !Files.readString(work.resolve("mosquitto.log")).contains("Sending SUBACK"); i++) {
            if (i == 600) {
                throw new IllegalStateException("the job has not subscribed");
            }
            Thread.sleep(50);
        }
    }

    /** On a busy machine more telling than the time that passes. */
    private static double processorSeconds(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    private Process start(String job) throws IOException {
        delete(work.resolve(".creek"));
        log = work.resolve(job + ".log");
        return new ProcessBuilder(work.resolve(job + ".jar").toString()).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
    }

    private void stop(Process job) throws Exception {
        if (!job.isAlive()) {
            throw new IllegalStateException("the job ended with " + job.exitValue() + " while it was measured: "
                    + (job.exitValue() == 0 ? "this machine needs more READINGS" : Files.readString(log)));
        }
        job.destroy();
        job.waitFor();
    }

    /** With nothing but the limit of the heap, to the end. */
    private void withoutFlags() throws Exception {
        delete(work.resolve("per_device"));
        delete(work.resolve(".creek"));
        long started = System.nanoTime();
        run(List.of(java("java"), "-Xmx16m", "-jar", "file.jar"));
        row("file: all " + READINGS / 1_000_000 + " million with java -Xmx16m -jar", (System.nanoTime() - started) / 1e9, "s", 0);
    }

    /** Seconds from now until there is output: the process has just been started. */
    private double first(Process job) throws Exception {
        long started = System.nanoTime();
        while (!hasOutput(work.resolve("per_device"))) {
            if (!job.isAlive()) {
                throw new IllegalStateException("the job ended with " + job.exitValue() + " and has no output: " + Files.readString(log));
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static boolean hasOutput(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toFile().isFile() && file.toFile().length() > 0);
        }
    }

    /** Megabytes; the median of samples. */
    private static double resident(Process process, int seconds) throws Exception {
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < 2 * seconds; i++) {
            Thread.sleep(500);
            Matcher line = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            line.find();
            samples.add(Integer.parseInt(line.group(1)) / 1024.0);
        }
        return median(samples);
    }

    private static double median(List<Double> samples) {
        return samples.stream().sorted().toList().get(samples.size() / 2);
    }

    /** Megabytes of live objects. */
    private static double live(Process process) throws Exception {
        Process histogram = new ProcessBuilder(java("jcmd"), Long.toString(process.pid()), "GC.class_histogram").start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(text);
        if (!total.find()) {
            throw new IllegalStateException("no histogram: " + text);
        }
        return Long.parseLong(total.group(1)) / 1e6;
    }

    private void writeReadings() throws IOException {
        Random random = new Random(1);
        try (Writer writer = Files.newBufferedWriter(work.resolve("readings.json"))) {
            for (int i = 0; i < READINGS; i++) {
                writer.write(reading(random, 1_700_000_000_000L + 2L * i));
                writer.write('\n');
            }
        }
    }

    private static String reading(Random random, long time) {
        int tenths = random.nextInt(400);
        return "{\"device\":\"d" + random.nextInt(DEVICES) + "\",\"ts\":" + time + ",\"temperature\":" + tenths / 10 + "." + tenths % 10
                + ",\"humidity\":" + random.nextInt(100) + ",\"status\":\"ok\"}";
    }

    /** A client of MQTT 3.1.1 that only publishes, with quality of service 0. */
    private static void publish(int rate, int seconds) {
        Random random = new Random(2);
        try (Socket socket = new Socket("127.0.0.1", PORT)) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(new byte[] {0x10, 17, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 5, 'b', 'e', 'n', 'c', 'h'});
            out.flush();
            InputStream in = socket.getInputStream();
            in.readNBytes(4);
            byte[] topic = "readings".getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            for (long sent = 0; System.nanoTime() < end; sent++) {
                if (rate != Integer.MAX_VALUE && sent % 100 == 0) {
                    out.flush();
                    long due = start + sent * 1_000_000_000L / rate;
                    while (System.nanoTime() < due) {
                        Thread.sleep(1);
                    }
                }
                byte[] payload = reading(random, 1_700_000_000_000L + 2 * sent).getBytes(StandardCharsets.US_ASCII);
                int length = 2 + topic.length + payload.length;
                out.write(0x30);
                out.write(length & 0x7f | (length > 0x7f ? 0x80 : 0));
                if (length > 0x7f) {
                    out.write(length >> 7);
                }
                out.write(0);
                out.write(topic.length);
                out.write(topic);
                out.write(payload);
            }
            out.write(new byte[] {(byte) 0xe0, 0});
            out.flush();
        } catch (IOException e) {
            System.err.println("publishing ended: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
