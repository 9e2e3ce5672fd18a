"""The coach itself, pure: session, events, effects, step, case, ladder, deadlines, nudges."""
