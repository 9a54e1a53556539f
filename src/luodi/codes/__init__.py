"""Official code tables, dated: regions, industries, enterprise size, credit codes."""
