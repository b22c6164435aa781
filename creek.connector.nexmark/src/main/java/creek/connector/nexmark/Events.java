package creek.connector.nexmark;

import creek.core.option.Options;

/**
 * What follows from an event's number alone: its kind, its time, and the people and auctions there are by then. Event numbers go round in
 * epochs of so many people, so many auctions and so many bids.
 */
final class Events {
    /** Kinds of events, as in the column {@code event_type}. */
    static final int PERSON = 0;
    static final int AUCTION = 1;
    static final int BID = 2;
    static final int KINDS = 3;

    /** Ids start here. */
    static final long FIRST_ID = 1000;

    private static final int IN_FLIGHT_AUCTIONS = 100;
    private static final int ACTIVE_PEOPLE = 1000;
    /** So many ids that are still to come are used too: events look as if some had overtaken others. */
    private static final int LEAD = 10;
    /** One of so many people and auctions is hot. */
    private static final int HOT_GROUP = 100;

    private final Chance chance;
    private final Timeline timeline;
    private final int persons;
    private final int auctions;
    private final int epoch;

    Events(Options options) {
        chance = new Chance(options.get(NexmarkOptions.SEED));
        timeline = Timeline.of(options);
        persons = options.get(NexmarkOptions.PERSONS);
        auctions = options.get(NexmarkOptions.AUCTIONS);
        epoch = persons + auctions + options.get(NexmarkOptions.BIDS);
    }

    int kind(long event) {
        long place = event % epoch;
        return place < persons ? PERSON : place < persons + auctions ? AUCTION : BID;
    }

    /** Event time in milliseconds. */
    long time(long event) {
        return timeline.time(event);
    }

    /** How many people there are, that event included. */
    private long people(long event) {
        return event / epoch * persons + Math.min(event % epoch + 1, persons);
    }

    /** How many auctions there are, that event included. */
    private long auctions(long event) {
        return event / epoch * auctions + Math.max(0, Math.min(event % epoch + 1 - persons, auctions));
    }

    /** The id of the person that this event is. */
    long personId(long event) {
        return FIRST_ID + people(event) - 1;
    }

    /** The id of the auction that this event is. */
    long auctionId(long event) {
        return FIRST_ID + auctions(event) - 1;
    }

    /** A seller: a hot one, the first of each group, but once in {@code ratio} times. */
    long seller(long event, int ratio, int draw) {
        return chance.below(event, draw, ratio) > 0 ? FIRST_ID + hot(people(event)) : anyPerson(event, draw + 1);
    }

    /** A bidder: a hot one, the second of each group, but once in {@code ratio} times. */
    long bidder(long event, int ratio, int draw) {
        return chance.below(event, draw, ratio) > 0 ? FIRST_ID + hot(people(event)) + 1 : anyPerson(event, draw + 1);
    }

    /** The auction of a bid: a hot one but once in {@code ratio} times. */
    long bidAuction(long event, int ratio, int draw) {
        long last = Math.max(0, auctions(event) - 1);
        if (chance.below(event, draw, ratio) > 0) {
            return FIRST_ID + hot(last + 1);
        }
        long first = Math.max(0, last - IN_FLIGHT_AUCTIONS);
        return FIRST_ID + first + chance.below(event, draw + 1, last - first + 1 + LEAD);
    }

    private long anyPerson(long event, int draw) {
        long people = people(event);
        long active = Math.min(people, ACTIVE_PEOPLE);
        return FIRST_ID + people - active + chance.below(event, draw, active + LEAD);
    }

    /** The first of the group that the last of so many belongs to. */
    private static long hot(long count) {
        return Math.max(0, count - 1) / HOT_GROUP * HOT_GROUP;
    }

    /** When an auction ends: on average when those that may be open at a time have been replaced by others. */
    long expires(long event, int draw) {
        long start = time(event);
        long horizon = time(event + (long) IN_FLIGHT_AUCTIONS * epoch / auctions) - start;
        return start + 1 + chance.below(event, draw, Math.max(2 * horizon, 1));
    }

    Chance chance() {
        return chance;
    }
}
