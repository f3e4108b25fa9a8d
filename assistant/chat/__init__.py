"""Conversations with the models in Ollama."""
