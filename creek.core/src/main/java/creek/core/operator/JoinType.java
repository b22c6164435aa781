package creek.core.operator;

/** Which rows without a partner a join gives, padded with nulls. */
public enum JoinType {
    INNER(false, false), LEFT(true, false), RIGHT(false, true), FULL(true, true);

    private final boolean leftOuter;
    private final boolean rightOuter;

    JoinType(boolean leftOuter, boolean rightOuter) {
        this.leftOuter = leftOuter;
        this.rightOuter = rightOuter;
    }

    /** Whether the left side's rows without a partner are given. */
    public boolean isLeftOuter() {
        return leftOuter;
    }

    /** Whether the right side's rows without a partner are given. */
    public boolean isRightOuter() {
        return rightOuter;
    }
}
