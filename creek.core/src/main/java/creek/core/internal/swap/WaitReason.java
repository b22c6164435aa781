package creek.core.internal.swap;

/**
 * Why a job waits for a part.
 *
 * @param text           for people
 * @param isIncompatible whether there is something that could not take over
 */
public record WaitReason(String text, boolean isIncompatible) {
}
