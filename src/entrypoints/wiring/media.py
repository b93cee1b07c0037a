"""ffmpeg, Whisper, and the steps that use them."""
