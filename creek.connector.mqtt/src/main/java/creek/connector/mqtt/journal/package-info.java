/** Messages as bytes, in memory and in segments on disk. */
package creek.connector.mqtt.journal;
