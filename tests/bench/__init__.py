"""The product's figures: medians of several runs against the stand-in for Ollama."""
