package creek.sql.internal.statement;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.validate.Hints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** The table that an INSERT writes, with the OPTIONS that it is hinted. */
final class HintedTable {
    private HintedTable() {
    }

    /** @param hints may be null */
    static CatalogTable of(CatalogTable table, SqlNodeList hints, SessionContext session) {
        if (hints == null || hints.isEmpty()) {
            return table;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, TableOptionTexts.Place> places = new LinkedHashMap<>();
        for (SqlNode node : hints) {
            SqlHint hint = (SqlHint) node;
            if (!hint.getName().equalsIgnoreCase(Hints.OPTIONS) || hint.getOptionFormat() != SqlHint.HintOptionFormat.KV_LIST) {
                throw SqlError.unsupported("the hint of a table that is written is /*+ OPTIONS('key' = 'value') */", hint.getParserPosition());
            }
            texts.putAll(hint.getOptionKVPairs());
            hint.getOptionKVPairs().keySet().forEach(key -> places.put(key, session.place(hint.getParserPosition())));
        }
        return table.withOptions(new TableOptionTexts(texts, places, session.place(hints.getParserPosition())));
    }
}
