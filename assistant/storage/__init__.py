"""Where rows live, and how open pages hear that they changed."""
