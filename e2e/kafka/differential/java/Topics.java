import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** Topics, their settings, and the offsets of their records. */
final class Topics {
  private static final long VISIBLE_MS = 10_000;

  private Topics() {}

  static void addTo(Map<String, Scenarios.Operation> operations) {
    operations.put("createTopics", Topics::createTopics);
    operations.put("deleteTopics", Topics::deleteTopics);
    operations.put("listTopics", (step, session) -> listTopics(session));
    operations.put("describeTopic", Topics::describeTopic);
    operations.put("createPartitions", Topics::createPartitions);
    operations.put("alterConfigs", Topics::alterConfigs);
    operations.put("describeConfigs", Topics::describeConfigs);
    operations.put("describeAllConfigs", Topics::describeAllConfigs);
    operations.put("brokerConfigs", Topics::brokerConfigs);
    operations.put("listOffsets", Topics::listOffsets);
    operations.put("deleteRecords", Topics::deleteRecords);
  }

  static Map<TopicPartition, OffsetAndMetadata> offsetsOf(JsonNode step) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (JsonNode each : step.get("offsets"))
      offsets.put(
          new TopicPartition(step.get("topic").asText(), each.get(0).asInt()),
          new OffsetAndMetadata(each.get(1).asLong()));
    return offsets;
  }

  private static Map<String, String> textsOf(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (node != null) node.fields().forEachRemaining(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static NewTopic newTopic(JsonNode topic) {
    String name = topic.get("topic").asText();
    NewTopic created;
    if (topic.has("assignments")) {
      Map<Integer, List<Integer>> assignments = new HashMap<>();
      for (JsonNode replicas : topic.get("assignments")) {
        List<Integer> ids = new ArrayList<>();
        replicas.forEach(id -> ids.add(id.asInt()));
        assignments.put(assignments.size(), ids);
      }
      created = new NewTopic(name, assignments);
    } else {
      int partitions = topic.get("partitions").asInt();
      short replication = (short) topic.get("replication").asInt();
      created = new NewTopic(
          name,
          partitions == -1 ? Optional.empty() : Optional.of(partitions),
          replication == -1 ? Optional.empty() : Optional.of(replication));
    }
    return created.configs(textsOf(topic.get("configs")));
  }

  /** Each topic with its own error, and the broker's message. */
  private static Object createTopics(JsonNode step, Session session) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    step.get("topics").forEach(topic -> topics.add(newTopic(topic)));
    boolean validateOnly = step.path("validateOnly").asBoolean();
    CreateTopicsOptions options = new CreateTopicsOptions().validateOnly(validateOnly);
    Map<String, Object> results = new TreeMap<>();
    List<String> created = new ArrayList<>();
    session.admin().createTopics(topics, options).values().forEach((topic, end) -> {
      results.put(topic, outcome(end));
      if (results.get(topic).equals("done")) created.add(topic);
    });
    if (!validateOnly)
      Scenarios.eventually(() -> session.admin().listTopics().names().get(), names -> names.containsAll(created), VISIBLE_MS);
    return results;
  }

  static String outcome(KafkaFuture<?> end) {
    try {
      end.get();
      return "done";
    } catch (Exception error) {
      return Scenarios.errorOf(error) + ": " + (error.getCause() == null ? error : error.getCause()).getMessage();
    }
  }

  private static Object deleteTopics(JsonNode step, Session session) throws Exception {
    List<String> topics = new ArrayList<>();
    step.get("topics").forEach(topic -> topics.add(topic.asText()));
    session.admin().deleteTopics(topics).all().get();
    Scenarios.eventually(
        () -> session.admin().listTopics().names().get(),
        names -> topics.stream().noneMatch(names::contains),
        VISIBLE_MS);
    return null;
  }

  private static Object listTopics(Session session) throws Exception {
    TreeSet<String> names = new TreeSet<>(session.admin().listTopics().names().get());
    names.removeIf(name -> !name.startsWith(session.prefix));
    return names;
  }

  private static Object describeTopic(JsonNode step, Session session) throws Exception {
    String topic = step.get("topic").asText();
    List<Object> partitions = new ArrayList<>();
    for (TopicPartitionInfo each :
        session.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("partition", each.partition());
      shown.put("hasLeader", each.leader() != null);
      shown.put("replicas", each.replicas().size());
      shown.put("isr", each.isr().size());
      shown.put("elr", each.elr() == null ? null : each.elr().size());
      partitions.add(shown);
    }
    return partitions;
  }

  private static Object createPartitions(JsonNode step, Session session) throws Exception {
    Map<String, NewPartitions> wanted =
        Map.of(step.get("topic").asText(), NewPartitions.increaseTo(step.get("count").asInt()));
    CreatePartitionsOptions options =
        new CreatePartitionsOptions().validateOnly(step.path("validateOnly").asBoolean());
    String topic = step.get("topic").asText();
    String outcome = outcome(session.admin().createPartitions(wanted, options).all());
    if (outcome.equals("done") && !step.path("validateOnly").asBoolean())
      Scenarios.eventually(
          () -> session.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size(),
          count -> count == step.get("count").asInt(),
          VISIBLE_MS);
    return outcome;
  }

  private static ConfigResource resource(JsonNode step) {
    return new ConfigResource(ConfigResource.Type.TOPIC, step.get("topic").asText());
  }

  private static Object alterConfigs(JsonNode step, Session session) throws Exception {
    Collection<AlterConfigOp> operations = new ArrayList<>();
    textsOf(step.get("set")).forEach((name, value) ->
        operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    step.path("remove").forEach(name ->
        operations.add(new AlterConfigOp(new ConfigEntry(name.asText(), ""), AlterConfigOp.OpType.DELETE)));
    String outcome = outcome(session.admin().incrementalAlterConfigs(Map.of(resource(step), operations)).all());
    if (outcome.equals("done"))
      Scenarios.eventually(() -> configOf(resource(step), session), config -> shows(config, step), VISIBLE_MS);
    return outcome;
  }

  private static boolean shows(Config config, JsonNode step) {
    return textsOf(step.get("set")).entrySet().stream()
        .allMatch(each -> each.getValue().equals(config.get(each.getKey()).value()));
  }

  private static Config configOf(ConfigResource resource, Session session) throws Exception {
    DescribeConfigsOptions options = new DescribeConfigsOptions().includeDocumentation(true).includeSynonyms(true);
    return session.admin().describeConfigs(List.of(resource), options).all().get().get(resource);
  }

  private static List<Object> shown(ConfigEntry entry) {
    List<String> synonyms = entry.synonyms().stream()
        .map(each -> each.name() + "=" + each.value() + " " + each.source()).toList();
    List<Object> shown = new ArrayList<>(List.of(entry.name(), String.valueOf(entry.value())));
    shown.addAll(List.of(entry.source(), entry.type(), entry.isReadOnly(), entry.isSensitive(), synonyms));
    return shown;
  }

  private static Object describeConfigs(JsonNode step, Session session) throws Exception {
    Config config = configOf(resource(step), session);
    List<Object> entries = new ArrayList<>();
    for (JsonNode name : step.get("names")) {
      ConfigEntry entry = config.get(name.asText());
      entries.add(entry == null ? name.asText() + " is missing" : shown(entry));
    }
    return entries;
  }

  private static Object describeAllConfigs(JsonNode step, Session session) throws Exception {
    TreeMap<String, Object> entries = new TreeMap<>();
    configOf(resource(step), session).entries().forEach(entry -> entries.put(entry.name(), shown(entry)));
    return entries;
  }

  private static Object brokerConfigs(JsonNode step, Session session) throws Exception {
    String id = session.admin().describeCluster().nodes().get().iterator().next().idString();
    Config config = configOf(new ConfigResource(ConfigResource.Type.BROKER, id), session);
    Map<String, Object> values = new TreeMap<>();
    for (JsonNode name : step.get("names")) {
      ConfigEntry entry = config.get(name.asText());
      values.put(name.asText(), entry == null ? "missing" : entry.value());
    }
    return values;
  }

  private static OffsetSpec specOf(JsonNode at) {
    return switch (at.asText()) {
      case "earliest" -> OffsetSpec.earliest();
      case "latest" -> OffsetSpec.latest();
      case "max" -> OffsetSpec.maxTimestamp();
      default -> OffsetSpec.forTimestamp(at.asLong());
    };
  }

  private static Object listOffsets(JsonNode step, Session session) throws Exception {
    Admin admin = session.admin();
    String topic = step.get("topic").asText();
    boolean committed = step.path("isolation").asText().equals("read_committed");
    ListOffsetsOptions options =
        new ListOffsetsOptions(committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
    Map<Integer, Object> offsets = new TreeMap<>();
    for (TopicPartitionInfo each :
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions()) {
      TopicPartition partition = new TopicPartition(topic, each.partition());
      var found = admin.listOffsets(Map.of(partition, specOf(step.get("at"))), options).partitionResult(partition).get();
      offsets.put(each.partition(), found.offset());
    }
    return offsets;
  }

  private static Object deleteRecords(JsonNode step, Session session) throws Exception {
    Map<Integer, Object> results = new TreeMap<>();
    for (JsonNode each : step.get("offsets")) {
      TopicPartition partition = new TopicPartition(step.get("topic").asText(), each.get(0).asInt());
      RecordsToDelete records = RecordsToDelete.beforeOffset(each.get(1).asLong());
      var end = session.admin().deleteRecords(Map.of(partition, records)).lowWatermarks().get(partition);
      String outcome = outcome(end);
      results.put(partition.partition(), outcome.equals("done") ? end.get().lowWatermark() : outcome);
    }
    return results;
  }
}
