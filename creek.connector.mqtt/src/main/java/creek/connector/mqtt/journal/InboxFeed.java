package creek.connector.mqtt.journal;

/** Messages straight from memory. */
public final class InboxFeed implements Feed {
    private final Inbox inbox;
    private Batch given;

    public InboxFeed(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void start() {
        // the client's threads do it all
    }

    @Override
    public Batch next() {
        Batch empty = given == null ? new Batch() : given;
        Batch next = inbox.take(empty);
        given = next == null ? empty : next;
        return next;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
