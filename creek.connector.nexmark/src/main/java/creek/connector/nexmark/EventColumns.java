package creek.connector.nexmark;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.TypeRoot;
import creek.core.option.Options;
import java.util.List;

/** The columns of a table: which there are, and how they are made up. */
final class EventColumns {
    private static final Schema PERSON = Schema.empty().with("id", DataType.bigint()).with("name", DataType.string())
            .with("emailAddress", DataType.string()).with("creditCard", DataType.string()).with("city", DataType.string())
            .with("state", DataType.string()).with("dateTime", DataType.timestamp(3)).with("extra", DataType.string());
    private static final Schema AUCTION = Schema.empty().with("id", DataType.bigint()).with("itemName", DataType.string())
            .with("description", DataType.string()).with("initialBid", DataType.bigint()).with("reserve", DataType.bigint())
            .with("dateTime", DataType.timestamp(3)).with("expires", DataType.timestamp(3)).with("seller", DataType.bigint())
            .with("category", DataType.bigint()).with("extra", DataType.string());
    private static final Schema BID = Schema.empty().with("auction", DataType.bigint()).with("bidder", DataType.bigint())
            .with("price", DataType.bigint()).with("channel", DataType.string()).with("url", DataType.string())
            .with("dateTime", DataType.timestamp(3)).with("extra", DataType.string());
    /** Names of the columns of each kind of event, by kind. */
    private static final List<String> KINDS = List.of("person", "auction", "bid");
    private static final String KIND = "event_type";

    static final Schema SCHEMA = Schema.empty().with(KIND, DataType.integer()).with(KINDS.get(Events.PERSON), DataType.row(PERSON))
            .with(KINDS.get(Events.AUCTION), DataType.row(AUCTION)).with(KINDS.get(Events.BID), DataType.row(BID));

    private final Events events;
    private final Options options;

    EventColumns(Events events, Options options) {
        this.events = events;
        this.options = options;
    }

    /** The type of a column, or null. */
    static DataType type(String name) {
        int index = SCHEMA.indexOf(name);
        return index < 0 ? null : SCHEMA.type(index);
    }

    /** Whether a column of a table may have that type: the fields of a row may be fewer and in another order. */
    static boolean fits(DataType type, DataType wanted) {
        if (type.root() != wanted.root()) {
            return false;
        }
        if (type.root() != TypeRoot.ROW) {
            return !type.isTimestamp() || type.isMillis();
        }
        Schema fields = wanted.schema();
        for (Column field : type.fields()) {
            int index = fields.indexOf(field.name());
            if (index < 0 || !fits(field.type(), fields.type(index))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The column of a table, or the field of one after a dot, for events of a kind; null where they have none.
     *
     * @param type of what is wanted
     */
    EventColumn column(String path, int kind, DataType type) {
        if (path.equals(KIND)) {
            return (row, column, event) -> row.setLong(column, kind);
        }
        String own = KINDS.get(kind);
        if (path.startsWith(own + ".")) {
            return field(kind, path.substring(own.length() + 1));
        }
        return path.equals(own) ? whole(kind, type) : null;
    }

    private EventColumn whole(int kind, DataType type) {
        EventColumn[] fields = type.fields().stream().map(field -> field(kind, field.name())).toArray(EventColumn[]::new);
        Row scratch = new Row(fields.length);
        return (row, column, event) -> {
            for (int i = 0; i < fields.length; i++) {
                fields[i].set(scratch, i, event);
            }
            row.setObject(column, scratch.copy());
        };
    }

    /** A field; each takes draws of its own. */
    private EventColumn field(int kind, String name) {
        return name.equals("dateTime") ? (row, column, event) -> row.setLong(column, events.time(event)) : switch (kind) {
            case Events.PERSON -> personField(name);
            case Events.AUCTION -> auctionField(name);
            default -> bidField(name);
        };
    }

    private EventColumn personField(String name) {
        Texts texts = new Texts(events.chance());
        return switch (name) {
            case "id" -> (row, column, event) -> row.setLong(column, events.personId(event));
            case "name" -> texts.column((text, event) -> text.name(event, 10));
            case "emailAddress" -> texts.column((text, event) -> text.letters(event, 20, 7).add("@").letters(event, 30, 5).add(".com"));
            case "creditCard" -> texts.column((text, event) -> text.digits(event, 40, 4).add(" ").digits(event, 41, 4).add(" ")
                    .digits(event, 42, 4).add(" ").digits(event, 43, 4));
            case "city" -> texts.column((text, event) -> text.city(event, 50));
            case "state" -> texts.column((text, event) -> text.state(event, 60));
            default -> extra((int) options.get(NexmarkOptions.PERSON_SIZE).bytes() - 70);
        };
    }

    private EventColumn auctionField(String name) {
        Texts texts = new Texts(events.chance());
        Chance chance = events.chance();
        int hotSellers = options.get(NexmarkOptions.HOT_SELLERS);
        return switch (name) {
            case "id" -> (row, column, event) -> row.setLong(column, events.auctionId(event));
            case "itemName" -> texts.column((text, event) -> text.words(event, 100, 3, 20));
            case "description" -> texts.column((text, event) -> text.words(event, 200, 3, 100));
            case "initialBid" -> (row, column, event) -> row.setLong(column, chance.price(event, 10));
            case "reserve" -> (row, column, event) -> row.setLong(column, chance.price(event, 10) + chance.price(event, 11));
            case "expires" -> (row, column, event) -> row.setLong(column, events.expires(event, 12));
            case "seller" -> (row, column, event) -> row.setLong(column, events.seller(event, hotSellers, 13));
            case "category" -> (row, column, event) -> row.setLong(column, 10 + chance.below(event, 15, 5));
            default -> extra((int) options.get(NexmarkOptions.AUCTION_SIZE).bytes() - 110);
        };
    }

    private EventColumn bidField(String name) {
        Texts texts = new Texts(events.chance());
        Chance chance = events.chance();
        int hotAuctions = options.get(NexmarkOptions.HOT_AUCTIONS);
        int hotBidders = options.get(NexmarkOptions.HOT_BIDDERS);
        return switch (name) {
            case "auction" -> (row, column, event) -> row.setLong(column, events.bidAuction(event, hotAuctions, 10));
            case "bidder" -> (row, column, event) -> row.setLong(column, events.bidder(event, hotBidders, 12));
            case "price" -> (row, column, event) -> row.setLong(column, chance.price(event, 14));
            case "channel" -> texts.column((text, event) -> text.channel(event, 15));
            case "url" -> texts.column((text, event) -> text.url(event, 15));
            default -> extra((int) options.get(NexmarkOptions.BID_SIZE).bytes() - 32);
        };
    }

    /** What fills an event up to its average size, give or take a fifth. */
    private EventColumn extra(int average) {
        int least = Math.max(0, average - average / 5);
        int most = Math.max(0, average + average / 5);
        return new Texts(events.chance()).column((text, event) -> text.words(event, 1000, least, most));
    }
}
