/** Connections to brokers: one form for the two versions of the protocol, over Eclipse Paho. */
package creek.connector.mqtt.client;
