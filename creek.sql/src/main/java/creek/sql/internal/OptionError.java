package creek.sql.internal;

import creek.sql.internal.catalog.TableOptionTexts;

/** A table's option is wrong; found when the table is used, which may be far from where it was created. */
public final class OptionError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TableOptionTexts.Place place;

    public OptionError(String message, TableOptionTexts.Place place, Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    /** Where in the script the option stands. */
    public TableOptionTexts.Place place() {
        return place;
    }
}
