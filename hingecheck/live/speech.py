"""Speak utterances with the system's own speech program, and play short tones; silent where there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hingecheck.live.events import Utterance
from language.current import SOURCE, current
from language.translate import _
from pose.temporary_files import temporary_folder

#: Programs that speak the text of their last argument, best first.
_SPEAKERS: tuple[tuple[str, ...], ...] = (("say",), ("espeak-ng",), ("espeak",), ("spd-say", "--wait"))
#: macOS speaks a language with one of its voices, by name.
_MAC_VOICES = {"de": "Anna", "es": "M\u00f3nica", "fr": "Thomas"}
_CULTURES = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR"}
_POWERSHELL = ("powershell", "-NoProfile", "-Command")
#: Without a voice of the language the system's own speaks.
_SPEAK_INPUT = ("Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
                "try {{ $s.SelectVoiceByHints('NotSet', 'NotSet', 0, [Globalization.CultureInfo]'{culture}') }} "
                "catch {{}}; "
                "[Console]::InputEncoding = [Text.Encoding]::UTF8; $s.Speak([Console]::In.ReadToEnd())")
_PLAYERS: tuple[tuple[str, ...], ...] = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))
#: Each sound's tones, one after the other: (hertz, seconds).
TONES: dict[str, tuple[tuple[float, float], ...]] = {
    "rep": ((880.0, 0.09),), "hold": ((660.0, 0.12), (880.0, 0.2)), "fault": ((220.0, 0.22),),
    "good": ((784.0, 0.08), (1047.0, 0.14)), "ready": ((523.0, 0.08),),
}
_RATE_HZ = 22050


class Speech:
    """Speaks one utterance at a time; a newer one interrupts the older.

    Parameters
    ----------
    language : str, optional
        Code of the language of the utterances; default: the current language.
    """

    def __init__(self, language: str | None = None) -> None:
        self._speaker = speaker(language or current())
        self._player = _first_installed(_PLAYERS)
        self._folder = temporary_folder("speech")
        self._running: list[subprocess.Popen[bytes]] = []
        self._tones = {name: _write_tone(self._folder.path / f"{name}.wav", tones)
                       for name, tones in TONES.items()}

    @property
    def problem(self) -> str:
        """Why nothing can be spoken, and what to do; "" where it can."""
        if self._speaker:
            return ""
        return _("No speech program was found, so cues are only shown. To hear them, install espeak-ng (Linux: sudo "
                 "apt install espeak-ng).")

    def __call__(self, utterance: Utterance) -> None:
        """Speak an utterance, after its sound."""
        if utterance.text and self._speaker:
            self._silence()
        if utterance.sound and self._player:
            self._run([*self._player, str(self._tones[utterance.sound])])
        if utterance.text and self._speaker:
            text, reads_input = utterance.text, self._speaker[0] == _POWERSHELL[0]
            self._run([*self._speaker] if reads_input else [*self._speaker, text], text if reads_input else "")

    def close(self) -> None:
        """Stop speaking and remove the tones."""
        self._silence()
        self._folder.close()

    def _run(self, command: Sequence[str], text: str = "") -> None:
        self._running = [program for program in self._running if program.poll() is None]
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        assert program.stdin is not None
        program.stdin.write(text.encode())
        program.stdin.close()
        self._running.append(program)

    def _silence(self) -> None:
        for program in self._running:
            if program.poll() is None:
                program.terminate()
                program.wait()
        self._running.clear()


def speaker(language: str) -> tuple[str, ...]:
    """Return the command that speaks a language; empty where no speech program is installed."""
    command = _first_installed(_SPEAKERS)
    if not command:
        is_there = _is_windows() and shutil.which(_POWERSHELL[0])
        return (*_POWERSHELL, _SPEAK_INPUT.format(culture=_CULTURES.get(language, language))) if is_there else ()
    if language == SOURCE:  # the system's own voice, as always
        return command
    voices = {"say": ("-v", _MAC_VOICES.get(language, "")), "spd-say": ("-l", language)}
    voice = voices.get(command[0], ("-v", language))
    return (*command, *voice) if voice[1] else command


def _first_installed(commands: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return next((command for command in commands if shutil.which(command[0])), ())


def _is_windows() -> bool:
    return sys.platform == "win32"


def _write_tone(path: Path, tones: Sequence[tuple[float, float]]) -> Path:
    """Write tones, one after the other; each fades in and out so that it does not click."""
    waves = []
    for hertz, seconds in tones:
        time_s = np.arange(round(seconds * _RATE_HZ)) / _RATE_HZ
        waves.append(np.sin(2 * np.pi * hertz * time_s) * np.sin(np.pi * time_s / seconds) * 0.4)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE_HZ)
        file.writeframes((np.concatenate(waves) * 32767).astype("<i2").tobytes())
    return path
