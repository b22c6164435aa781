/** {@code creek package}: chooses the bundles that a job needs and writes them with it into one file. */
package creek.command.packaging;
