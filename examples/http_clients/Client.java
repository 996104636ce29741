// Places an order with a hub in JSON over HTTP, and watches it until a node works on it. Java's own classes only: with a
// JSON library the answers would be read as objects.
//
//   java Client.java URL TOKEN [REFERENCE]

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] given) throws Exception {
        String url = given[0], token = given[1];
        String reference = given.length > 2 ? given[2] : "java-" + System.currentTimeMillis();
        String order = Files.readString(Path.of("order.json")).replaceFirst("\\{", "{\"channelReference\": \"" + reference + "\",");
        String placing = "{\"requestId\": \"" + UUID.randomUUID() + "\", \"order\": " + order + "}";

        HttpRequest place = to(url + "/v1/orders", token).POST(HttpRequest.BodyPublishers.ofString(placing)).build();
        HttpResponse<String> placed = HTTP.send(place, HttpResponse.BodyHandlers.ofString());
        if (placed.statusCode() != 200) throw new IllegalStateException("refused: " + placed.body());
        String id = first("\"orderId\":\"([^\"]+)\"", placed.body());
        System.out.println("placed " + reference + " as " + id);

        HttpRequest watch = to(url + "/v1/orders/" + id + ":watch", token).build();
        var lines = HTTP.send(watch, HttpResponse.BodyHandlers.ofLines()).body().iterator();
        while (lines.hasNext()) {
            String state = first("\"state\":\"SLICE_STATE_([A-Z]+)\"", lines.next());
            System.out.println("state " + state);
            if (state.matches("RELEASED|ACCEPTED|PICKED|PACKED|SHIPPED|DELIVERED")) System.exit(0);
        }
    }

    private static HttpRequest.Builder to(String url, String token) {
        return HttpRequest.newBuilder(URI.create(url))
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .header("request-timeout", "30");
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
