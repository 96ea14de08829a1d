import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What an administrator asks of a cluster and of its transactions. */
final class Cluster {
  private Cluster() {}

  static void addTo(Map<String, Scenarios.Operation> operations) {
    operations.put("describeCluster", (step, session) -> describeCluster(session));
    operations.put("describeAcls", (step, session) ->
        session.admin().describeAcls(AclBindingFilter.ANY).values().get().size());
    operations.put("createAcl", Cluster::createAcl);
    operations.put("deleteAcls", (step, session) ->
        session.admin().deleteAcls(List.of(AclBindingFilter.ANY)).all().get().size());
    operations.put("describeQuotas", (step, session) ->
        session.admin().describeClientQuotas(ClientQuotaFilter.all()).entities().get().size());
    operations.put("describeScram", (step, session) ->
        session.admin().describeUserScramCredentials().all().get().size());
    operations.put("describeFeatures", (step, session) ->
        new TreeMap<>(session.admin().describeFeatures().featureMetadata().get().finalizedFeatures()).toString());
    operations.put("logDirs", Cluster::logDirs);
    operations.put("quorum", (step, session) -> {
      var quorum = session.admin().describeMetadataQuorum().quorumInfo().get();
      return Map.of("voters", quorum.voters().size(), "observers", quorum.observers().size());
    });
    operations.put("reassignments", (step, session) ->
        session.admin().listPartitionReassignments().reassignments().get().size());
    operations.put("electLeaders", Cluster::electLeaders);
    operations.put("clientMetrics", (step, session) -> session.admin()
        .listConfigResources(Set.of(ConfigResource.Type.CLIENT_METRICS), new ListConfigResourcesOptions()).all().get().size());
    operations.put("describeTransaction", Cluster::describeTransaction);
    operations.put("listTransactions", (step, session) -> listTransactions(session));
    operations.put("describeProducers", Cluster::describeProducers);
  }

  private static Object describeCluster(Session session) throws Exception {
    var cluster = session.admin().describeCluster();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("brokers", cluster.nodes().get().size());
    shown.put("hasClusterId", cluster.clusterId().get() != null);
    shown.put("hasController", cluster.controller().get() != null);
    return shown;
  }

  private static Object createAcl(JsonNode step, Session session) {
    ResourcePattern topic =
        new ResourcePattern(ResourceType.TOPIC, step.get("topic").asText(), PatternType.LITERAL);
    AccessControlEntry entry =
        new AccessControlEntry("User:someone", "*", AclOperation.READ, AclPermissionType.ALLOW);
    return Topics.outcome(session.admin().createAcls(List.of(new AclBinding(topic, entry))).all());
  }

  private static Object logDirs(JsonNode step, Session session) throws Exception {
    int broker = session.admin().describeCluster().nodes().get().iterator().next().id();
    List<Object> shown = new ArrayList<>();
    for (LogDirDescription each :
        session.admin().describeLogDirs(List.of(broker)).allDescriptions().get().get(broker).values()) {
      TopicPartition partition = new TopicPartition(step.get("topic").asText(), 0);
      shown.add(Map.of("hasError", each.error() != null, "hasTopic", each.replicaInfos().containsKey(partition)));
    }
    return shown;
  }

  private static Object electLeaders(JsonNode step, Session session) throws Exception {
    TopicPartition partition = new TopicPartition(step.get("topic").asText(), 0);
    return session.admin().electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions().get()
        .get(partition).map(Scenarios::errorOf).orElse("done");
  }

  private static Object describeTransaction(JsonNode step, Session session) throws Exception {
    String id = step.get("id").asText();
    TransactionDescription described =
        session.admin().describeTransactions(List.of(id)).description(id).get();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("state", described.state().toString());
    shown.put("topics", described.topicPartitions().stream().map(TopicPartition::toString).sorted().toList());
    return shown;
  }

  private static Object listTransactions(Session session) throws Exception {
    List<String> shown = new ArrayList<>();
    for (TransactionListing each : session.admin().listTransactions().all().get())
      if (each.transactionalId().startsWith(session.prefix))
        shown.add(each.transactionalId() + " " + each.state());
    return shown.stream().sorted().toList();
  }

  private static Object describeProducers(JsonNode step, Session session) throws Exception {
    TopicPartition partition = new TopicPartition(step.get("topic").asText(), 0);
    List<Object> shown = new ArrayList<>();
    for (ProducerState each :
        session.admin().describeProducers(List.of(partition)).partitionResult(partition).get().activeProducers())
      shown.add(Map.of(
          "sequence", each.lastSequence(),
          "timestamp", Seen.timestamp(each.lastTimestamp()),
          "openSince", each.currentTransactionStartOffset().orElse(-1)));
    return shown;
  }
}
