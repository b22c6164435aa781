package creek.core.internal.state;

import creek.core.data.BinaryWriter;

/**
 * Takes a table's changes for a checkpoint. What it does for each entry is little, since the first checkpoints run it before it is compiled well: that
 * makes the longest pauses of a job.
 */
public final class Changes {
    private final EntryBuffer buffer;
    private final boolean all;
    private final int completed;
    /** Begins with the table's number. */
    private final BinaryWriter key = new BinaryWriter();
    /** Begins with the form. */
    private final BinaryWriter value = new BinaryWriter();
    private KeyGroups groups;

    /** @param all whether the store wants every entry */
    Changes(EntryBuffer buffer, boolean all, int completed) {
        this.buffer = buffer;
        this.all = all;
        this.completed = completed;
    }

    void table(int newNumber, int newForm, KeyGroups newGroups) {
        key.reset();
        key.writeByte(newNumber >>> Byte.SIZE);
        key.writeByte(newNumber);
        value.reset();
        value.writeByte(newForm);
        groups = newGroups;
    }

    /** Whether an entry that was last changed in that epoch has to be written. */
    public boolean includes(int changed) {
        return all || changed > completed;
    }

    /** Whether the store has yet to be told of what went in that epoch: one that wants every entry never has. */
    public boolean includesRemoval(int changed) {
        return !all && changed > completed;
    }

    /** Whether what was last changed in that epoch is part of the last complete checkpoint, so that a removal need not be remembered. */
    public boolean isCompleted(int changed) {
        return changed <= completed;
    }

    /** Begins an entry: its own key is written behind what is there. */
    public BinaryWriter key(int hash) {
        assert groups.has(TableStore.keyGroup(hash)) : "an entry of another subtask";
        key.truncate(Short.BYTES);
        key.writeByte(TableStore.keyGroup(hash));
        return key;
    }

    /** The entry's value: it is written behind what is there. */
    public BinaryWriter value() {
        value.truncate(1);
        return value;
    }

    /** Adds the entry; the size of its value. */
    public int put() {
        buffer.put(key, value);
        return value.size();
    }

    /** Adds the removal of the key. */
    public void remove() {
        if (!all) {
            buffer.remove(key);
        }
    }
}
