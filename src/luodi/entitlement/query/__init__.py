"""The population query: rules as small typed nodes that an engine prints or compiles."""
