"""The fused column kernel: machine code made from the rules, over batches of units."""
