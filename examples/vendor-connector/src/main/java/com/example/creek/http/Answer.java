package com.example.creek.http;

import java.io.IOException;

/** What one request gave. */
sealed interface Answer {
    /**
     * Another body than before.
     *
     * @param bytes        the body and eight more
     * @param length       of the body
     * @param etag         the server's name of this body, or ""
     * @param lastModified when it was made, as the server says it, or ""
     */
    record Body(byte[] bytes, int length, String etag, String lastModified) implements Answer {
    }

    /** The body is still the same. */
    record Unchanged() implements Answer {
    }

    /** There was none; later there may be. */
    record Nothing(String reason) implements Answer {
    }

    /** There will be none. */
    record Refused(IOException problem) implements Answer {
    }
}
