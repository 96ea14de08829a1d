import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as scenarios show them. */
final class Seen {
  static final Comparator<ConsumerRecord<byte[], byte[]>> ORDER =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private Seen() {}

  static Map<String, Object> message(ConsumerRecord<byte[], byte[]> record) {
    List<List<String>> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(List.of(header.key(), text(header.value()))));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("partition", record.partition());
    shown.put("offset", record.offset());
    shown.put("key", text(record.key()));
    shown.put("value", text(record.value()));
    shown.put("headers", headers);
    shown.put("timestamp", timestamp(record.timestamp()));
    shown.put("timestampType", record.timestampType().name);
    return shown;
  }

  /** Long values are shown by their length. */
  static String text(byte[] bytes) {
    if (bytes == null) return null;
    return bytes.length > 200 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Times of the run itself differ between runs; those that a scenario sets do not. */
  static Object timestamp(long milliseconds) {
    return Math.abs(milliseconds - System.currentTimeMillis()) < 600_000 ? "now" : milliseconds;
  }
}
