"""One person's everything: out, in again, in from elsewhere, gone."""
