"""Luodi 落地: reads a policy document into traced facts and puts it in force."""
