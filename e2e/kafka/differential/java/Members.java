import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers: members of groups, and readers that assign partitions to themselves. */
final class Members {
  private static final long MEMBERS_MS = 20_000;
  private static final long READ_MS = 15_000;

  private Members() {}

  static void addTo(Map<String, Scenarios.Operation> operations) {
    operations.put("read", Members::read);
    operations.put("consumer", Members::consumer);
    operations.put("assigned", Members::assigned);
    operations.put("partitionsOf", Members::partitionsOf);
    operations.put("seen", Members::seen);
    operations.put("commitOffsets", Members::commitOffsets);
    operations.put("close", Members::close);
  }

  private static Object read(JsonNode step, Session session) {
    Properties settings = session.settings();
    settings.put("isolation.level", step.path("isolation").asText("read_committed"));
    settings.put("auto.offset.reset", "earliest");
    List<TopicPartition> partitions = new ArrayList<>();
    for (int n = 0; n < step.path("partitions").asInt(1); n++)
      partitions.add(new TopicPartition(step.get("topic").asText(), n));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      consumer.assign(partitions);
      String last = step.path("last").asText("end");
      long timeout = System.currentTimeMillis() + READ_MS;
      while (ends(records, last) < partitions.size() && System.currentTimeMillis() < timeout)
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    records.sort(Seen.ORDER);
    return records.stream().map(Seen::message).toList();
  }

  private static long ends(List<ConsumerRecord<byte[], byte[]>> records, String last) {
    return records.stream().filter(record -> last.equals(Seen.text(record.value()))).count();
  }

  private static Object consumer(JsonNode step, Session session) {
    session.members.put(step.get("name").asText(), new Member(step, session));
    return null;
  }

  private static List<Member> membersOf(JsonNode step, Session session) {
    List<Member> members = new ArrayList<>();
    step.get("consumers").forEach(name -> members.add(session.members.get(name.asText())));
    return members;
  }

  /** Which member has how many partitions is settled by ids that differ between runs; that they share is not. */
  private static Object assigned(JsonNode step, Session session) throws Exception {
    int partitions = step.get("partitions").asInt();
    List<Member> members = membersOf(step, session);
    JsonNode sizes = step.get("sizes");
    return Scenarios.eventually(() -> countsOf(members), counts -> {
      if (members.stream().anyMatch(member -> member.error != null)) return true;
      boolean all = counts.stream().mapToInt(count -> (Integer) count).sum() == partitions;
      return all && (sizes == null || sizes.equals(Scenarios.JSON.valueToTree(counts)));
    }, MEMBERS_MS);
  }

  private static Object partitionsOf(JsonNode step, Session session) {
    return membersOf(step, session).stream().map(member -> member.partitions).toList();
  }

  private static List<Object> countsOf(List<Member> members) {
    for (Member member : members) if (member.error != null) return List.of(member.error);
    List<Integer> counts = new ArrayList<>();
    for (Member member : members) counts.add(member.assigned);
    Collections.sort(counts);
    return new ArrayList<>(counts);
  }

  private static Object seen(JsonNode step, Session session) throws Exception {
    List<Member> members = membersOf(step, session);
    List<ConsumerRecord<byte[], byte[]>> records = Scenarios.eventually(() -> {
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      for (Member member : members) all.addAll(member.seenSoFar());
      return all;
    }, all -> all.size() >= step.get("count").asInt(), MEMBERS_MS);
    records.sort(Seen.ORDER);
    return records.stream()
        .map(record -> record.partition() + "/" + record.offset() + " " + Seen.text(record.value()))
        .distinct()
        .toList();
  }

  private static Object commitOffsets(JsonNode step, Session session) throws Exception {
    session.members.get(step.get("consumer").asText()).commit(Topics.offsetsOf(step));
    return null;
  }

  private static Object close(JsonNode step, Session session) {
    session.members.get(step.get("consumer").asText()).close();
    return null;
  }
}
