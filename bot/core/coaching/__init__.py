"""What the dialogs can do: the words of the flow language, one module a topic."""
