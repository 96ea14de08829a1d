import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Interprets scenarios with Apache's Java client, as run-scenarios.mjs does with clients for Node.
 *   java Scenarios SCENARIOS PORT    prints a line of JSON for each scenario, in the order in which they end
 */
public final class Scenarios {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_A_TIME = 6;
  private static final int SCENARIO_TIMEOUT_SECONDS = 60;
  private static final long EVENTUALLY_MS = 10_000;

  interface Operation {
    Object run(JsonNode step, Session session) throws Exception;
  }

  /** What a client cannot do by design. It does not tell brokers apart. */
  static final class Unsupported extends RuntimeException {
    Unsupported(String reason) {
      super(reason);
    }
  }

  private static final Map<String, Operation> OPERATIONS = new HashMap<>();

  public static void main(String[] args) throws Exception {
    Producing.addTo(OPERATIONS);
    Members.addTo(OPERATIONS);
    Topics.addTo(OPERATIONS);
    Groups.addTo(OPERATIONS);
    Cluster.addTo(OPERATIONS);
    ConcurrentLinkedQueue<JsonNode> waiting = new ConcurrentLinkedQueue<>();
    JSON.readTree(new File(args[0])).forEach(waiting::add);
    ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
    List<Future<?>> ends = new ArrayList<>();
    for (int n = 0; n < AT_A_TIME; n++) ends.add(workers.submit(() -> work(waiting, args[1])));
    for (Future<?> end : ends) end.get();
    System.exit(0);
  }

  private static Void work(ConcurrentLinkedQueue<JsonNode> waiting, String port) throws Exception {
    for (JsonNode scenario; (scenario = waiting.poll()) != null; ) {
      long started = System.currentTimeMillis();
      ObjectNode result = runScenario(scenario, port);
      result.put("milliseconds", System.currentTimeMillis() - started);
      synchronized (System.out) {
        System.out.println(JSON.writeValueAsString(result));
      }
    }
    return null;
  }

  private static ObjectNode runScenario(JsonNode scenario, String port) throws Exception {
    String name = scenario.get("name").asText();
    String prefix = "java." + name + ".";
    ObjectNode result = JSON.createObjectNode().put("name", name);
    JsonNode steps = JSON.readTree(JSON.writeValueAsString(scenario.get("steps")).replace("$", prefix));
    Session session = new Session("127.0.0.1:" + port, prefix);
    ExecutorService runner = Executors.newSingleThreadExecutor();
    try {
      Future<ArrayNode> running = runner.submit(() -> runSteps(steps, session));
      String text = JSON.writeValueAsString(running.get(SCENARIO_TIMEOUT_SECONDS, TimeUnit.SECONDS));
      result.set("results", JSON.readTree(text.replace(prefix, "$")));
    } catch (TimeoutException late) {
      result.put("failed", "the scenario did not end in time");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Unsupported) result.put("unsupported", failed.getCause().getMessage());
      else result.put("failed", String.valueOf(failed.getCause()));
    } finally {
      runner.shutdownNow();
      session.close();
    }
    return result;
  }

  private static ArrayNode runSteps(JsonNode steps, Session session) throws Exception {
    ArrayNode results = JSON.createArrayNode();
    for (JsonNode step : steps) results.add(runStep(step, session));
    return results;
  }

  private static JsonNode runStep(JsonNode step, Session session) throws Exception {
    Operation operation = OPERATIONS.get(step.get("do").asText());
    if (operation == null) throw new Unsupported("no operation " + step.get("do").asText());
    Callable<JsonNode> once = () -> resultOf(operation, step, session);
    JsonNode expected = step.get("until");
    return expected == null ? once.call() : eventually(once, expected::equals, EVENTUALLY_MS);
  }

  private static JsonNode resultOf(Operation operation, JsonNode step, Session session) throws Exception {
    try {
      Object result = operation.run(step, session);
      return JSON.readTree(JSON.writeValueAsString(result == null ? "done" : result));
    } catch (Unsupported | NullPointerException | ClassCastException mistake) {
      // A mistake in this program would look the same with any broker.
      throw mistake;
    } catch (Exception error) {
      return JSON.createObjectNode().put("error", errorOf(error));
    }
  }

  /** Waits until a result is as expected. Metadata of a cluster becomes visible a little after a change. */
  static <T> T eventually(Callable<T> read, Predicate<T> isExpected, long timeoutMs) throws Exception {
    for (long end = System.currentTimeMillis() + timeoutMs; ; Thread.sleep(50)) {
      T result = read.call();
      if (isExpected.test(result) || System.currentTimeMillis() > end) return result;
    }
  }

  /** The class of the error that the client reports, without those that wrap it. */
  static String errorOf(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null)
      cause = cause.getCause();
    return cause.getClass().getSimpleName();
  }
}
