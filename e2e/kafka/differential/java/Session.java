import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The clients that a scenario has opened. They are closed after it. */
final class Session {
  final String bootstrap;
  final String prefix;
  final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
  final Map<String, Member> members = new HashMap<>();
  final AtomicInteger readers = new AtomicInteger();
  private Admin admin;

  Session(String bootstrap, String prefix) {
    this.bootstrap = bootstrap;
    this.prefix = prefix;
  }

  Properties settings() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("client.id", prefix);
    settings.put("retry.backoff.ms", "20");
    settings.put("request.timeout.ms", "8000");
    settings.put("default.api.timeout.ms", "8000");
    return settings;
  }

  synchronized Admin admin() {
    if (admin == null) admin = Admin.create(settings());
    return admin;
  }

  void close() {
    producers.values().forEach(producer -> producer.close(Duration.ZERO));
    members.values().forEach(Member::close);
    if (admin != null) admin.close(Duration.ofSeconds(1));
  }
}
