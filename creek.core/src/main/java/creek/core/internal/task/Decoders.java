package creek.core.internal.task;

import creek.core.connector.Connector;
import creek.core.connector.MessageKeys;
import creek.core.connector.RecordColumns;
import creek.core.connector.TableOptions;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.job.TableSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Makes the decoder that a table's formats ask for. */
final class Decoders {
    private final TableSource source;
    private final TableOptions options;
    private final ZoneId zone;

    Decoders(TableSource source, TableOptions options, ZoneId zone) {
        this.source = source;
        this.options = options;
        this.zone = zone;
    }

    /** @return null for a connector without format */
    RowDecoder create() {
        if (options.format().isEmpty()) {
            return null;
        }
        if (options.keyFormat().isEmpty()) {
            return values(source.schema(), source.columns());
        }
        RecordColumns records = options.recordColumns();
        boolean upsert = options.connector().messageKeys() == MessageKeys.PRIMARY_KEY;
        List<WantedColumn> ofValues = new ArrayList<>();
        List<Integer> valueTargets = new ArrayList<>();
        List<WantedColumn> ofKeys = new ArrayList<>();
        List<Integer> keyTargets = new ArrayList<>();
        for (int target = 0; target < source.columns().size(); target++) {
            WantedColumn wanted = source.columns().get(target);
            int inValue = records.values().indexOf(wanted.column());
            int inKey = records.keys().indexOf(wanted.column());
            if (inValue >= 0) {
                ofValues.add(new WantedColumn(inValue, wanted.path(), wanted.type()));
                valueTargets.add(target);
            }
            if (inKey >= 0 && (upsert || inValue < 0)) {
                ofKeys.add(new WantedColumn(inKey, wanted.path(), wanted.type()));
                keyTargets.add(target);
            }
        }
        RowDecoder key = options.keyFormat().orElseThrow()
                .createDecoder(new DecoderContext(options.keyFormatOptions(), records.keySchema(), ofKeys, zone));
        boolean allInValues = ofValues.size() == source.columns().size();
        return new MessageDecoder(values(records.valueSchema(source.schema()), ofValues), allInValues ? null : array(valueTargets), key,
                array(keyTargets), upsert);
    }

    private RowDecoder values(Schema schema, List<WantedColumn> wanted) {
        DecoderContext context = new DecoderContext(options.formatOptions(), schema, wanted, zone);
        Connector connector = options.connector();
        Format format = options.format().orElseThrow();
        return connector.carriesMessages() ? format.createDecoder(context) : format.createStreamDecoder(context);
    }

    private static int[] array(List<Integer> places) {
        return places.stream().mapToInt(Integer::intValue).toArray();
    }
}
