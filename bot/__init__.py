"""Lo Frayer: a chat coach for people facing bad customer service."""
