/**
 * The state backend {@code xodus}.
 *
 * <p>JetBrains Xodus keeps a sorted map in a log of files. Everything around it that makes a store out of that is here: what is read and written is
 * summed up, a manifest outside of the log says where a checkpoint ends, space is reclaimed with the checkpoints, and no thread runs between them.
 */
package creek.state.xodus;
