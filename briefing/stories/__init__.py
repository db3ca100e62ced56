"""Articles on one event become one story: grouping, merging of facts, ranking."""
