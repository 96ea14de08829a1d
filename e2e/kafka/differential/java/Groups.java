import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.TopicPartition;

/** Groups and their committed offsets, as an administrator sees them. */
final class Groups {
  private Groups() {}

  static void addTo(Map<String, Scenarios.Operation> operations) {
    operations.put("describeGroup", Groups::describeGroup);
    operations.put("describeMembers", Groups::describeMembers);
    operations.put("removeMembers", Groups::removeMembers);
    operations.put("listGroups", (step, session) -> listGroups(session));
    operations.put("deleteGroup", Groups::deleteGroup);
    operations.put("groupOffsets", Groups::groupOffsets);
    operations.put("setGroupOffsets", Groups::setGroupOffsets);
    operations.put("deleteGroupOffsets", Groups::deleteGroupOffsets);
  }

  private static ConsumerGroupDescription described(JsonNode step, Session session) throws Exception {
    String group = step.get("group").asText();
    return session.admin().describeConsumerGroups(List.of(group)).describedGroups().get(group).get();
  }

  private static Object describeGroup(JsonNode step, Session session) throws Exception {
    ConsumerGroupDescription group = described(step, session);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("errorCode", 0);
    shown.put("state", group.groupState().toString());
    shown.put("protocolType", "consumer");
    shown.put("protocol", group.partitionAssignor());
    shown.put("members", group.members().size());
    return shown;
  }

  private static Object describeMembers(JsonNode step, Session session) throws Exception {
    ConsumerGroupDescription group = described(step, session);
    List<Object> members = new ArrayList<>();
    for (MemberDescription member : group.members()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("clientId", member.clientId());
      shown.put("instanceId", member.groupInstanceId().orElse(null));
      shown.put("host", member.host());
      shown.put("partitions", member.assignment().topicPartitions().size());
      members.add(shown);
    }
    return Map.of("type", group.type().toString(), "state", group.groupState().toString(), "members", members);
  }

  private static Object removeMembers(JsonNode step, Session session) throws Exception {
    Set<MemberToRemove> members = new HashSet<>();
    step.get("instanceIds").forEach(id -> members.add(new MemberToRemove(id.asText())));
    RemoveMembersFromConsumerGroupOptions options = new RemoveMembersFromConsumerGroupOptions(members);
    return Topics.outcome(
        session.admin().removeMembersFromConsumerGroup(step.get("group").asText(), options).all());
  }

  private static Object listGroups(Session session) throws Exception {
    Map<String, Object> groups = new TreeMap<>();
    for (GroupListing group : session.admin().listGroups().all().get())
      if (group.groupId().startsWith(session.prefix))
        groups.put(group.groupId(), List.of(String.valueOf(group.type().orElse(null)), group.protocol()));
    return groups;
  }

  private static Object deleteGroup(JsonNode step, Session session) throws Exception {
    return Topics.outcome(session.admin().deleteConsumerGroups(List.of(step.get("group").asText())).all());
  }

  private static Object groupOffsets(JsonNode step, Session session) throws Exception {
    Map<Integer, Object> offsets = new TreeMap<>();
    session.admin().listConsumerGroupOffsets(step.get("group").asText()).partitionsToOffsetAndMetadata().get()
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset == null ? null : offset.offset()));
    return offsets;
  }

  private static Object setGroupOffsets(JsonNode step, Session session) throws Exception {
    return Topics.outcome(
        session.admin().alterConsumerGroupOffsets(step.get("group").asText(), Topics.offsetsOf(step)).all());
  }

  private static Object deleteGroupOffsets(JsonNode step, Session session) throws Exception {
    Set<TopicPartition> partitions = new HashSet<>();
    for (JsonNode each : step.get("partitions"))
      partitions.add(new TopicPartition(step.get("topic").asText(), each.asInt()));
    return Topics.outcome(
        session.admin().deleteConsumerGroupOffsets(step.get("group").asText(), partitions).all());
  }
}
