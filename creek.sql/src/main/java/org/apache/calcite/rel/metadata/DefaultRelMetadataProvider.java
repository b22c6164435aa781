package org.apache.calcite.rel.metadata;

import com.google.common.collect.ImmutableList;

/**
 * Takes the place of Calcite's class of this name, which every planning loads: that one lists all metadata there is, and so looks up, by
 * reflection, some thousand methods of functions that Creek never calls, and what these need. Creek's rules ask for no metadata so far; one
 * that does adds its provider here.
 */
public final class DefaultRelMetadataProvider extends ChainedRelMetadataProvider {
    public static final DefaultRelMetadataProvider INSTANCE = new DefaultRelMetadataProvider();

    private DefaultRelMetadataProvider() {
        super(ImmutableList.of());
    }
}
