"""Messages: every text that people read, by language and key; code holds keys, never sentences for people."""

from puncta.messages.catalogue import has_text, keys, languages, text, unreviewed

__all__ = ["has_text", "keys", "languages", "text", "unreviewed"]
