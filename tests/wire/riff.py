"""What the standard library reads of sound that tests/wire/riff.rs wrote."""

import sys
import wave

with wave.open(sys.argv[1], "rb") as sound:
    assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate(), sound.getnframes()) == (1, 1, 8000, 7999)
    assert sound.readframes(9000) == bytes(at * 7 % 256 for at in range(7999))
print("ok")
