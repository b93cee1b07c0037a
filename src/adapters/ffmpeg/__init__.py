"""Media work done by ffmpeg, and looking into files with ffprobe or PyAV. Every tool runs as a hardened child."""
