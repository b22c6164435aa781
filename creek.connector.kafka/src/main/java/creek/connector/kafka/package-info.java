/** Tables in topics of Apache Kafka. */
package creek.connector.kafka;
