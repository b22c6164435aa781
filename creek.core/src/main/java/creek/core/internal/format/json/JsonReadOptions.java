package creek.core.internal.format.json;

/**
 * How values are read.
 *
 * @param failOnMissing whether a wanted field must be there
 * @param lenient       whether a value that is not of its column's type is null
 * @param iso           whether timestamps are in ISO-8601 form
 * @param exactNumbers  whether numbers within objects that become text keep all their digits
 * @param text          takes the strings of the record at hand; one for the whole decoder
 * @param end           where the record at hand ends; one for the whole decoder
 */
record JsonReadOptions(boolean failOnMissing, boolean lenient, boolean iso, boolean exactNumbers, JsonText text, JsonEnd end) {
    /** The same for the entries of a map, none of which must be there. */
    JsonReadOptions ofEntries() {
        return new JsonReadOptions(false, lenient, iso, exactNumbers, text, end);
    }
}
