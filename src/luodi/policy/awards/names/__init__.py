"""What a row is called among its neighbours."""
