package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;

/**
 * Decodes messages that have keys: {@link #setKey} first, then the value. What the value has counts where both have a column. A message whose key
 * gives no row is none.
 */
final class MessageDecoder implements RowDecoder {
    private final RowDecoder value;
    /** What the value is decoded into; null if that is the row itself. */
    private final Row valueRow;
    private final int[] valueTargets;
    private final RowDecoder key;
    private final Row keyRow;
    /** A key's strings outlive its bytes where a message may have several rows. */
    private final Row keptKey;
    private final int[] keyTargets;
    private final boolean upsert;
    private byte[] keyBytes;
    private int keyFrom;
    private int keyTo;

    /**
     * @param value        decodes values, to a row of these columns
     * @param valueTargets places of the value's columns in the row; null if they are just that row's
     * @param key          decodes keys, to a row of these columns
     * @param keyTargets   places of the key's columns in the row
     * @param upsert       whether a message without a value is a {@code -D} of its key
     */
    MessageDecoder(RowDecoder value, int[] valueTargets, RowDecoder key, int[] keyTargets, boolean upsert) {
        this.value = value;
        this.valueTargets = valueTargets;
        this.valueRow = valueTargets == null ? null : new Row(valueTargets.length);
        this.key = key;
        this.keyTargets = keyTargets;
        this.upsert = upsert;
        keyRow = new Row(keyTargets.length);
        keptKey = value.givesSeveralRows() ? new Row(keyTargets.length) : keyRow;
    }

    /** @param bytes null for a message without a key */
    void setKey(byte[] bytes, int from, int to) {
        keyBytes = bytes;
        keyFrom = from;
        keyTo = to;
    }

    /** @param bytes null for a message without a value */
    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        if (!decodeKey()) {
            return false;
        }
        if (bytes == null && upsert) {
            row.clear();
            setKeyColumns(row);
            row.setKind(RowKind.DELETE);
            return true;
        }
        Row target = valueRow == null ? row : valueRow;
        if (upsert) {
            row.setKind(RowKind.INSERT);
        }
        if (bytes == null ? !value.decodeNull(target) : !value.decode(bytes, from, to, target)) {
            return false;
        }
        assemble(row);
        return true;
    }

    private boolean decodeKey() throws DecodeException {
        if (keyBytes == null) {
            return key.decodeNull(keyRow);
        }
        try {
            if (keyTargets.length > 0 && !key.decode(keyBytes, keyFrom, keyTo, keyRow)) {
                return false;
            }
        } catch (DecodeException e) {
            throw new DecodeException("the message's key: " + e.getMessage(), e.offset());
        }
        if (keptKey != keyRow) {
            keptKey.keepFrom(keyRow);
        }
        return true;
    }

    /** The key's columns first, since the value's count where both have one. */
    private void assemble(Row row) {
        if (valueRow == null) {
            return;
        }
        setKeyColumns(row);
        for (int i = 0; i < valueTargets.length; i++) {
            row.setFrom(valueTargets[i], valueRow, i);
        }
        if (!upsert) {
            row.setKind(valueRow.kind());
        }
    }

    private void setKeyColumns(Row row) {
        for (int i = 0; i < keyTargets.length; i++) {
            row.setFrom(keyTargets[i], keptKey, i);
        }
    }

    @Override
    public boolean givesSeveralRows() {
        return value.givesSeveralRows();
    }

    @Override
    public boolean next(Row row) throws DecodeException {
        if (!value.next(valueRow == null ? row : valueRow)) {
            return false;
        }
        assemble(row);
        return true;
    }

    @Override
    public long ignored() {
        return value.ignored() + key.ignored();
    }
}
