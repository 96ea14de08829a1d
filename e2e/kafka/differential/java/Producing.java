import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers and transactions. */
final class Producing {
  private Producing() {}

  static void addTo(Map<String, Scenarios.Operation> operations) {
    operations.put("producer", Producing::producer);
    operations.put("produce", Producing::produce);
    operations.put("begin", (step, session) -> with(step, session, KafkaProducer::beginTransaction));
    operations.put("commit", (step, session) -> with(step, session, KafkaProducer::commitTransaction));
    operations.put("abort", (step, session) -> with(step, session, KafkaProducer::abortTransaction));
    operations.put("sendOffsets", Producing::sendOffsets);
  }

  private interface Action {
    void on(KafkaProducer<byte[], byte[]> producer);
  }

  private static Object with(JsonNode step, Session session, Action action) {
    action.on(session.producers.get(step.get("producer").asText()));
    return null;
  }

  private static Object producer(JsonNode step, Session session) {
    Properties settings = settings(step, session);
    KafkaProducer<byte[], byte[]> producer = create(settings);
    session.producers.put(step.get("name").asText(), producer);
    if (step.has("transactionalId")) producer.initTransactions();
    return null;
  }

  private static Properties settings(JsonNode step, Session session) {
    Properties settings = session.settings();
    settings.put("enable.idempotence", String.valueOf(step.path("idempotent").asBoolean()));
    if (step.has("transactionalId")) settings.put("transactional.id", step.get("transactionalId").asText());
    if (step.has("timeoutMs")) settings.put("transaction.timeout.ms", step.get("timeoutMs").asText());
    return settings;
  }

  private static KafkaProducer<byte[], byte[]> create(Properties settings) {
    settings.put("max.block.ms", "8000");
    settings.put("delivery.timeout.ms", "9000");
    settings.put("max.request.size", "5000000");
    settings.put("linger.ms", "20");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaProducer<byte[], byte[]> producerOf(JsonNode step, Session session) {
    if (step.has("producer") && session.producers.containsKey(step.get("producer").asText()))
      return session.producers.get(step.get("producer").asText());
    String acks = step.path("acks").asText("-1");
    String compression = step.path("compression").asText("none");
    return session.producers.computeIfAbsent(acks + compression, key -> {
      Properties settings = session.settings();
      settings.put("enable.idempotence", "false");
      settings.put("acks", acks);
      settings.put("compression.type", compression);
      return create(settings);
    });
  }

  private static Object produce(JsonNode step, Session session) throws Exception {
    KafkaProducer<byte[], byte[]> producer = producerOf(step, session);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JsonNode message : step.get("messages")) sent.add(producer.send(record(step, message)));
    producer.flush();
    List<String> offsets = new ArrayList<>();
    for (Future<RecordMetadata> one : sent) {
      RecordMetadata metadata = one.get(15, TimeUnit.SECONDS);
      offsets.add(metadata.partition() + "/" + metadata.offset());
    }
    Collections.sort(offsets);
    return offsets;
  }

  private static ProducerRecord<byte[], byte[]> record(JsonNode step, JsonNode message) {
    Integer partition = message.has("partition") ? message.get("partition").asInt() : null;
    Long timestamp = message.has("timestamp") ? message.get("timestamp").asLong() : null;
    byte[] key = bytes(message.get("key"));
    byte[] value = bytes(message.get("value"));
    String topic = step.get("topic").asText();
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, timestamp, key, value);
    message.path("headers").fields().forEachRemaining(header ->
        record.headers().add(header.getKey(), bytes(header.getValue())));
    return record;
  }

  /** The bytes of a key or value in a scenario: a text, nothing, or a number of bytes. */
  private static byte[] bytes(JsonNode value) {
    if (value == null || value.isNull()) return null;
    String text = value.isTextual() ? value.asText() : "x".repeat(value.get("bytes").asInt());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object sendOffsets(JsonNode step, Session session) {
    Map<TopicPartition, OffsetAndMetadata> offsets = Topics.offsetsOf(step);
    ConsumerGroupMetadata group = new ConsumerGroupMetadata(step.get("group").asText());
    session.producers.get(step.get("producer").asText()).sendOffsetsToTransaction(offsets, group);
    return null;
  }
}
