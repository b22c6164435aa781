/** Tables in files and in the process's own streams: {@code filesystem}, {@code stdin} and {@code print}. */
package creek.connector.file;
