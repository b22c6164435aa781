package creek.core.internal.task;

import creek.core.connector.MessageKeys;
import creek.core.connector.RecordColumns;
import creek.core.connector.TableOptions;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.job.TableSource;
import creek.core.option.Options;
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
                ofValues.add(wanted.at(inValue));
                valueTargets.add(target);
            }
            if (inKey >= 0 && (upsert || inValue < 0)) {
                ofKeys.add(wanted.at(inKey));
                keyTargets.add(target);
            }
        }
        RowDecoder key = decoder(options.keyFormat().orElseThrow(), options.keyFormatOptions(), records.keySchema(), ofKeys, true);
        boolean allInValues = ofValues.size() == source.columns().size();
        return new MessageDecoder(values(records.valueSchema(source.schema()), ofValues), allInValues ? null : array(valueTargets), key,
                array(keyTargets), upsert);
    }

    private RowDecoder values(Schema schema, List<WantedColumn> wanted) {
        return decoder(options.format().orElseThrow(), options.formatOptions(), schema, wanted, options.connector().carriesMessages());
    }

    private RowDecoder decoder(Format format, Options formatOptions, Schema schema, List<WantedColumn> wanted, boolean messages) {
        boolean picks = !format.readsElements() && wanted.stream().anyMatch(column -> column.element() != null);
        List<WantedColumn> asked = picks ? wanted.stream().map(WantedColumn::whole).toList() : wanted;
        DecoderContext context = new DecoderContext(formatOptions, schema, asked, zone);
        RowDecoder decoder = messages ? format.createDecoder(context) : format.createStreamDecoder(context);
        return picks ? new ElementDecoder(decoder, wanted) : decoder;
    }

    private static int[] array(List<Integer> places) {
        return places.stream().mapToInt(Integer::intValue).toArray();
    }
}
