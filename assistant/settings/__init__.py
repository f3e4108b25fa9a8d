"""Where a person sets things their way, and the owner decides for everybody."""
