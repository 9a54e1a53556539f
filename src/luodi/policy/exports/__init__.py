"""What a compiled document or a pack is written as: the exchange format, Akoma Ntoso."""
