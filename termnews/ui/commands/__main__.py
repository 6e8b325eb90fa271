"""Prints docs/keys.md."""

from termnews.ui.commands import keys_document

print(keys_document(), end="")
