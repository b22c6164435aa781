/** The MQTT connector: its tables, options and metadata. What talks to brokers is in {@code client}, what keeps messages on disk in {@code journal}. */
package creek.connector.mqtt;
