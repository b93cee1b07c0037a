"""Speech to text on this machine's processor, by faster-whisper."""
