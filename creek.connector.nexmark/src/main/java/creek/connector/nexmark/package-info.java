/** The source {@code nexmark}: people, auctions and bids of an auction site, the events of the Nexmark benchmark. */
package creek.connector.nexmark;
