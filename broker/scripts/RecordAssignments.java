import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.RangeAssignor;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import org.apache.kafka.coordinator.group.modern.Assignment;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;

/**
 * Records what the assignors of Apache Kafka assign to groups whose members come, go and change their subscriptions, for
 * src/groups/consumer/kafka-assignments.test.ts:
 *
 *   java -cp "LIBS/*" broker/scripts/RecordAssignments.java 60 > kafka-assignments.fixture.jsonl
 */
public final class RecordAssignments {
  private static final Random RANDOM = new Random(43);
  private static final Map<String, ConsumerGroupPartitionAssignor> ASSIGNORS =
      new LinkedHashMap<>(Map.of("uniform", new UniformAssignor()));

  private final boolean sameTopics = RANDOM.nextBoolean();
  private final int[] counts = IntStream.range(0, 1 + RANDOM.nextInt(3)).map(i -> RANDOM.nextInt(9)).toArray();
  private final Map<String, Set<Uuid>> subscriptions = new LinkedHashMap<>();
  private final Map<String, String> instances = new HashMap<>();
  private Map<String, Map<Uuid, Set<Integer>>> assigned = new HashMap<>();

  public static void main(String[] arguments) {
    ASSIGNORS.put("range", new RangeAssignor());
    for (int group = 0; group < Integer.parseInt(arguments[0]); group++)
      ASSIGNORS.forEach((name, assignor) -> new RecordAssignments().record(name, assignor));
  }

  private void record(String name, ConsumerGroupPartitionAssignor assignor) {
    for (int step = 0; step < 3; step++) {
      change(step);
      Map<String, Map<Uuid, Set<Integer>>> before = assigned;
      assigned = assign(assignor);
      String members = join(subscriptions.keySet().stream().map(id -> member(id, before.getOrDefault(id, Map.of()))));
      String results = join(subscriptions.keySet().stream().map(id -> quoted(id) + ":" + keys(assigned.get(id))));
      String partitions = join(IntStream.range(0, counts.length).mapToObj(i -> quoted("t" + i) + ":" + counts[i]));
      System.out.printf("{\"assignor\":%s,\"partitions\":{%s},\"members\":[%s],\"assignment\":{%s}}%n",
          quoted(name), partitions, members, results);
    }
  }

  /** Members join and leave, subscribe to other topics, and topics get more partitions. */
  private void change(int step) {
    for (int joining = step == 0 ? 1 + RANDOM.nextInt(4) : RANDOM.nextInt(3); joining > 0; joining--) {
      String id = "m" + RANDOM.nextInt(100_000);
      subscriptions.put(id, topics());
      if (RANDOM.nextInt(4) == 0) instances.put(id, "i" + RANDOM.nextInt(1000));
    }
    if (step > 0 && subscriptions.size() > 1 && RANDOM.nextBoolean()) subscriptions.remove(anyMember());
    if (!sameTopics && RANDOM.nextBoolean()) subscriptions.put(anyMember(), topics());
    if (RANDOM.nextInt(4) == 0) counts[RANDOM.nextInt(counts.length)]++;
  }

  private Map<String, Map<Uuid, Set<Integer>>> assign(ConsumerGroupPartitionAssignor assignor) {
    Map<String, MemberSubscriptionAndAssignmentImpl> members = new HashMap<>();
    Map<Uuid, Map<Integer, String>> owners = new HashMap<>();
    subscriptions.forEach((id, topics) -> {
      Map<Uuid, Set<Integer>> previous = new HashMap<>();
      assigned.getOrDefault(id, Map.of()).forEach((topic, partitions) -> {
        previous.put(topic, new HashSet<>(new TreeSet<>(partitions)));
        partitions.forEach(each -> owners.computeIfAbsent(topic, t -> new HashMap<>()).put(each, id));
      });
      Optional<String> instance = Optional.ofNullable(instances.get(id));
      members.put(id, new MemberSubscriptionAndAssignmentImpl(Optional.empty(), instance, topics, new Assignment(previous)));
    });
    boolean isSame = new HashSet<>(subscriptions.values()).size() == 1;
    SubscriptionType type = isSame ? SubscriptionType.HOMOGENEOUS : SubscriptionType.HETEROGENEOUS;
    Map<String, MemberAssignment> results = assignor.assign(new GroupSpecImpl(members, type, owners), new Topics()).members();
    return subscriptions.keySet().stream().collect(Collectors.toMap(
        id -> id, id -> results.containsKey(id) ? results.get(id).partitions() : Map.of()));
  }

  private final class Topics implements SubscribedTopicDescriber {
    @Override
    public int numPartitions(Uuid topic) {
      return counts[numberOf(topic)];
    }

    @Override
    public Set<String> racksForPartition(Uuid topic, int partition) {
      return Set.of();
    }
  }

  private String anyMember() {
    List<String> ids = new ArrayList<>(subscriptions.keySet());
    return ids.get(RANDOM.nextInt(ids.size()));
  }

  /** The ids of topics have the order of their numbers in a hash table, too; 0 and 1 are reserved. */
  private Set<Uuid> topics() {
    return IntStream.range(0, counts.length)
        .filter(i -> sameTopics || RANDOM.nextInt(3) > 0)
        .mapToObj(i -> new Uuid(0, i + 2L))
        .collect(Collectors.toSet());
  }

  private static int numberOf(Uuid topic) {
    return (int) topic.getLeastSignificantBits() - 2;
  }

  private String member(String id, Map<Uuid, Set<Integer>> previous) {
    String instance = instances.containsKey(id) ? quoted(instances.get(id)) : "null";
    String topics = join(subscriptions.get(id).stream().sorted().map(topic -> quoted("t" + numberOf(topic))));
    return String.format("{\"id\":%s,\"instanceId\":%s,\"topics\":[%s],\"previous\":%s}",
        quoted(id), instance, topics, keys(previous));
  }

  private static String keys(Map<Uuid, Set<Integer>> partitions) {
    return "[" + join(partitions.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(each -> quoted("t" + numberOf(entry.getKey()) + "/" + each)))
        .sorted()) + "]";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String join(Stream<String> parts) {
    return parts.collect(Collectors.joining(","));
  }
}
