import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A weather station: {@code /readings} has the temperatures of this second, {@code /alarms} takes posted rows and prints them. Ends after some rows.
 * Arguments: the file to write the port to, and how many rows.
 */
public final class Station {
    private final CountDownLatch missing;

    private Station(int rows) {
        missing = new CountDownLatch(rows);
    }

    public static void main(String[] arguments) throws Exception {
        Station station = new Station(Integer.parseInt(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/readings", Station::readings);
        server.createContext("/alarms", station::alarms);
        server.start();
        Path file = Path.of(arguments[0]);
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "" + server.getAddress().getPort());
        Files.move(whole, file);
        station.missing.await();
        server.stop(0);
    }

    private static void readings(HttpExchange exchange) throws IOException {
        try (exchange) {
            long second = System.currentTimeMillis() / 1000;
            String etag = "\"" + second + "\"";
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] body = ("{\"device\":\"roof\",\"temperature\":" + (30 + second % 7) + "}\n{\"device\":\"cellar\",\"temperature\":12}\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void alarms(HttpExchange exchange) throws IOException {
        try (exchange) {
            String rows = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(204, -1);
            rows.lines().forEach(row -> {
                System.out.println(row);
                missing.countDown();
            });
        }
    }
}
