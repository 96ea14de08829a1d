import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a group, which keeps reading in a thread of its own until it is closed. */
final class Member {
  final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
  volatile int assigned;
  volatile List<String> partitions = List.of();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ConcurrentLinkedQueue<FutureTask<?>> requests = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  volatile String error;

  Member(JsonNode step, Session session) {
    consumer = new KafkaConsumer<>(settings(step, session), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<String> topics = new ArrayList<>();
    step.get("topics").forEach(topic -> topics.add(topic.asText()));
    consumer.subscribe(topics);
    Thread thread = new Thread(this::read);
    thread.setDaemon(true);
    thread.start();
  }

  private static Properties settings(JsonNode step, Session session) {
    Properties settings = session.settings();
    String assignor = step.path("assignor").asText("range");
    settings.put("group.id", step.get("group").asText());
    settings.put("client.id", step.get("name").asText());
    settings.put("auto.offset.reset", "earliest");
    settings.put("auto.commit.interval.ms", "100");
    settings.put("metadata.max.age.ms", step.path("metadataMaxAgeMs").asText("300000"));
    settings.put("enable.auto.commit", String.valueOf(step.path("commits").asBoolean(true)));
    if (step.has("instanceId")) settings.put("group.instance.id", step.get("instanceId").asText());
    if (step.path("protocol").asText().equals("consumer")) {
      settings.put("group.protocol", "consumer");
      settings.put("group.remote.assignor", assignor);
      return settings;
    }
    settings.put("session.timeout.ms", step.path("sessionTimeoutMs").asText("10000"));
    settings.put("heartbeat.interval.ms", "300");
    settings.put("partition.assignment.strategy", CLASSIC_ASSIGNORS.get(assignor));
    return settings;
  }

  private static final Map<String, String> CLASSIC_ASSIGNORS = Map.of(
      "range", "org.apache.kafka.clients.consumer.RangeAssignor",
      "roundrobin", "org.apache.kafka.clients.consumer.RoundRobinAssignor",
      "sticky", "org.apache.kafka.clients.consumer.StickyAssignor",
      "cooperative-sticky", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

  private void read() {
    try {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) add(record);
        partitions = consumer.assignment().stream().map(each -> each.topic() + "/" + each.partition()).sorted().toList();
        assigned = partitions.size();
        for (FutureTask<?> request; (request = requests.poll()) != null; ) request.run();
      }
    } catch (WakeupException closed) {
      // The way to leave a poll early.
    } catch (RuntimeException failure) {
      error = Scenarios.errorOf(failure);
    } finally {
      consumer.close();
      end.complete(null);
    }
  }

  private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    seen.add(record);
  }

  synchronized List<ConsumerRecord<byte[], byte[]>> seenSoFar() {
    return new ArrayList<>(seen);
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
    Callable<Void> commit = () -> {
      consumer.commitSync(offsets);
      return null;
    };
    FutureTask<Void> task = new FutureTask<>(commit);
    requests.add(task);
    task.get(10, TimeUnit.SECONDS);
  }

  void close() {
    closing = true;
    try {
      end.get(5, TimeUnit.SECONDS);
    } catch (Exception late) {
      consumer.wakeup();
    }
  }
}
