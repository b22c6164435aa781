package creek.connector.nexmark;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;

/** The options of {@code nexmark} tables, under the names that the benchmark for Flink gives them. */
final class NexmarkOptions {
    /** How the rate of events changes in the course of a period. */
    enum RateShape { SQUARE, SINE }

    static final ConfigOption<RateShape> RATE_SHAPE = ConfigOption.withDefault("rate.shape", RateShape.class, RateShape.SQUARE,
            "how the rate goes from the first to the next: square or sine");
    static final ConfigOption<Duration> RATE_PERIOD = ConfigOption.withDefault("rate.period", Duration.class, Duration.ofSeconds(600),
            "after how much event time the rate is the first one again");
    static final ConfigOption<Boolean> RATE_LIMITED = ConfigOption.withDefault("rate.limited", Boolean.class, false,
            "makes events when they fall due by their time rather than as fast as possible");
    static final ConfigOption<Boolean> MAX_EMIT_SPEED = ConfigOption.withDefault("max-emit-speed", Boolean.class, true,
            "false means the same as 'rate.limited'");
    static final ConfigOption<Integer> FIRST_RATE = ConfigOption.withDefault("first-event.rate", Integer.class, 10_000,
            "how many events there are in a second of event time, at first");
    static final ConfigOption<Integer> NEXT_RATE = ConfigOption.withDefault("next-event.rate", Integer.class, 10_000,
            "how many events there are in a second of event time, then");
    static final ConfigOption<Long> EVENTS = ConfigOption.withDefault("events.num", Long.class, 0L,
            "how many events to make in all; 0 for no end");
    static final ConfigOption<Long> STOP_AT = ConfigOption.withDefault("stop-at", Long.class, -1L,
            "the number of events after which to stop before 'events.num'; -1 for none");
    static final ConfigOption<Boolean> KEEP_ALIVE = ConfigOption.withDefault("keep-alive", Boolean.class, false,
            "whether the table stays open after its last event");
    static final ConfigOption<Integer> PERSONS = ConfigOption.withDefault("person.proportion", Integer.class, 1,
            "how many of the events are new people");
    static final ConfigOption<Integer> AUCTIONS = ConfigOption.withDefault("auction.proportion", Integer.class, 3,
            "how many of the events are new auctions");
    static final ConfigOption<Integer> BIDS = ConfigOption.withDefault("bid.proportion", Integer.class, 46,
            "how many of the events are bids");
    static final ConfigOption<MemorySize> PERSON_SIZE = ConfigOption.withDefault("person.avg-size", MemorySize.class, new MemorySize(200),
            "average size of a person; 'extra' makes it so");
    static final ConfigOption<MemorySize> AUCTION_SIZE = ConfigOption.withDefault("auction.avg-size", MemorySize.class, new MemorySize(500),
            "average size of an auction; 'extra' makes it so");
    static final ConfigOption<MemorySize> BID_SIZE = ConfigOption.withDefault("bid.avg-size", MemorySize.class, new MemorySize(100),
            "average size of a bid; 'extra' makes it so");
    static final ConfigOption<Integer> HOT_AUCTIONS = ConfigOption.withDefault("bid.hot-ratio.auctions", Integer.class, 2,
            "all bids but one in so many are for a hot auction");
    static final ConfigOption<Integer> HOT_BIDDERS = ConfigOption.withDefault("bid.hot-ratio.bidders", Integer.class, 4,
            "all bids but one in so many are by a hot bidder");
    static final ConfigOption<Integer> HOT_SELLERS = ConfigOption.withDefault("auction.hot-ratio.sellers", Integer.class, 4,
            "all auctions but one in so many are by a hot seller");
    static final ConfigOption<Long> BASE_TIME = ConfigOption.withDefault("base-time", Long.class, 1_436_918_400_000L,
            "event time of the first event, in milliseconds since 1970");
    static final ConfigOption<Long> SEED = ConfigOption.withDefault("seed", Long.class, 0L,
            "tables of the same options and seed have the same events");

    static final List<ConfigOption<?>> ALL = List.of(RATE_SHAPE, RATE_PERIOD, RATE_LIMITED, MAX_EMIT_SPEED, FIRST_RATE, NEXT_RATE, EVENTS, STOP_AT,
            KEEP_ALIVE, PERSONS, AUCTIONS, BIDS, PERSON_SIZE, AUCTION_SIZE, BID_SIZE, HOT_AUCTIONS, HOT_BIDDERS, HOT_SELLERS, BASE_TIME, SEED);

    private static final int MOST = 1_000_000_000;
    private static final long LARGEST_SIZE = 1 << 20;

    private NexmarkOptions() {
    }

    static void validate(Options options) {
        for (ConfigOption<Integer> atLeastOne : List.of(FIRST_RATE, NEXT_RATE, HOT_AUCTIONS, HOT_BIDDERS, HOT_SELLERS)) {
            requireRange(atLeastOne, options.get(atLeastOne), 1, MOST);
        }
        for (ConfigOption<Integer> proportion : List.of(PERSONS, AUCTIONS, BIDS)) {
            requireRange(proportion, options.get(proportion), 0, 1_000_000);
        }
        if (options.get(PERSONS) + options.get(AUCTIONS) + options.get(BIDS) == 0) {
            throw new OptionException(BIDS.key(), "one of the options '" + PERSONS.key() + "', '" + AUCTIONS.key() + "' and '" + BIDS.key()
                    + "' must be more than 0");
        }
        for (ConfigOption<MemorySize> size : List.of(PERSON_SIZE, AUCTION_SIZE, BID_SIZE)) {
            requireRange(size, options.get(size).bytes(), 0, LARGEST_SIZE);
        }
        requireRange(EVENTS, options.get(EVENTS), 0, Long.MAX_VALUE);
        requireRange(STOP_AT, options.get(STOP_AT), -1, Long.MAX_VALUE);
        requireRange(RATE_PERIOD, options.get(RATE_PERIOD).toSeconds(), 1, MOST);
    }

    private static void requireRange(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** How many events there are; {@link Long#MAX_VALUE} for no end. */
    static long events(Options options) {
        long number = options.get(EVENTS);
        long stop = options.get(STOP_AT);
        return Math.min(number == 0 ? Long.MAX_VALUE : number, stop < 0 ? Long.MAX_VALUE : stop);
    }

    static boolean isBounded(Options options) {
        return events(options) < Long.MAX_VALUE && !options.get(KEEP_ALIVE);
    }

    static boolean isPaced(Options options) {
        return options.get(RATE_LIMITED) || !options.get(MAX_EMIT_SPEED);
    }
}
