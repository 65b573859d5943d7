import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Makes one output of each record, exactly once, with Kafka Streams, until its standard input ends.
 *
 * It does with a record what the benchmark of Eventy does: parses the JSON, makes an event of it with a name, a date and
 * a uuid that is the same each time, with the same correlation, context and data, and writes that as JSON. It validates
 * nothing.
 *
 * Arguments: brokers, application id, input topic, output topic, threads.
 */
public class OneOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws IOException {
    StreamsBuilder builder = new StreamsBuilder();
    builder.<byte[], byte[]>stream(args[2]).mapValues(OneOutput::handle).to(args[3]);
    KafkaStreams streams = new KafkaStreams(builder.build(), settings(args[0], args[1], args[4]));
    streams.start();
    while (System.in.read() >= 0) {}
    streams.close();
  }

  /** Buffers, fetches and batches are several times as large as by default, as suits records that wait in masses. */
  private static Properties settings(String brokers, String application, String threads) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 << 20);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 10);
    return settings;
  }

  private static byte[] handle(byte[] value) {
    try {
      ObjectNode record = (ObjectNode) JSON.readTree(value);
      String source = record.path("source").asText();
      String uuid = record.path("uuid").asText();
      record.put("namespace", "urn:till");
      record.put("name", "Paid");
      record.put("source", "urn:till");
      record.put("uuid", UUID.nameUUIDFromBytes((source + uuid).getBytes()).toString());
      record.put("date", Instant.now().toString());
      return JSON.writeValueAsBytes(record);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
