"""How everything looks: tokens, frame, icons and safe Markdown."""
