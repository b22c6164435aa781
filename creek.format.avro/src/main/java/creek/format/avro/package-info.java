/**
 * The format {@code avro}: a datum a message, or container files.
 *
 * <p>Apache Avro parses schemas and converts JSON; binary data are read straight into rows, and written straight from them, by this package.
 */
package creek.format.avro;
