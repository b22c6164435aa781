/** Made-up data and a hole for it: {@code datagen} and {@code blackhole}. */
package creek.connector.datagen;
