"""Random people, and the stands and bends they do: every range of the rendered population in plain sight."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bench.render.body import Build
from bench.render.clothes import Garment, Outfit, random_outfit
from bench.render.soft import Tissue
from bench.render.standing import Posture
from bench.render.things import Thing

#: Mean shares of the spine's flexion from the lowest joint up. The rig's lowest joint lies at the height of the hip
#: joints and bends like a hip; the next three lie where L5/S1, L3 and L1 are (9, 16 and 23 cm above), the highest at
#: T9. The first rendered people bent as the first row says, a body's own joints as the second: a person's mean lies
#: between the two. With more than 0.6 in the lowest two, a fit on everybody sees 12 deg less of a rounded bend: it
#: looks like hips.
_FIRST_SHARE = np.array((0.30, 0.30, 0.20, 0.12, 0.08))
_ANATOMICAL_SHARE = np.array((0.05, 0.25, 0.27, 0.25, 0.18))
_SHARE_CONCENTRATION = 35.0  # of the Dirichlet distribution about the mean
#: What is done, and how often.
MOVES = {"hinge": 0.36, "lift": 0.26, "squat lift": 0.12, "toe touch": 0.14, "curl": 0.12}
#: Of hinges and lifts, so many keep the back; skin markers find 20-27 deg of flexion in neutral-looking lifts.
_KEPT_SHARE = 0.6
_KEPT_DEG = (-6.0, 35.0)
_ROUNDED_DEG = (35.0, 80.0)
_MOST_WHOLE_BEND_DEG = 160.0  # hip and spine together: more runs the chest through the thighs


@dataclass(frozen=True)
class Person:
    """One person and their habits.

    Attributes
    ----------
    build : Build
    outfit : Outfit
    tissue : Tissue
    thing : Thing
        What is in the hands.
    arms : str
        What the arms do with empty hands.
    share : tuple of float
        How the spine's flexion usually spreads.
    stance_deg, stagger_deg : float
        See `standing.Posture`.
    own : Posture
        Standing tall with empty hands; its hip, spine and knee are the person's own zero.
    plain : bool
        Close clothes, empty hands, half the change of soft tissue: somebody in a laboratory.
    """

    build: Build
    outfit: Outfit
    tissue: Tissue
    thing: Thing
    arms: str
    share: tuple[float, ...]
    stance_deg: float
    stagger_deg: float
    own: Posture
    plain: bool = False

    @property
    def load(self) -> float:
        """Share of the body's mass in the hands: nobody knows, and it moves the balance a little."""
        return {"none": 0.0, "barbell": 0.6, "bar on the back": 0.0, "kettlebell": 0.25, "dumbbells": 0.25}[
            self.thing.kind
        ]


def random_build(rng: np.random.Generator) -> Build:
    """Draw a body."""
    return Build(
        sex=str(rng.choice(["male", "female"])),
        ethnic=str(rng.choice(["caucasian", "african", "asian"])),
        muscle=float(np.clip(rng.normal(0.1, 0.5), -1, 1)),
        weight=float(np.clip(rng.normal(0, 0.5), -1, 1)),
        age=float(rng.choice([0.0, rng.uniform(0, 1)])),
        leg_scale=rng.uniform(0.95, 1.08),
        arm_scale=rng.uniform(0.95, 1.05),
    )


def random_person(rng: np.random.Generator) -> Person:
    """Draw a person."""
    thing = Thing.random(rng)
    arms = thing.arms or str(
        rng.choice(["down", "toes", "thighs", "hips", "chest", "front"], p=[0.3, 0.2, 0.2, 0.12, 0.12, 0.06])
    )
    stance = float(rng.choice([rng.uniform(0, 6), rng.uniform(6, 18)], p=[0.75, 0.25]))
    stagger = float(rng.normal(0, 1.5))
    own = Posture(
        hip=rng.uniform(-4, 4) if rng.random() < 0.8 else rng.uniform(-12, -4),  # real stands lean back too
        spine=rng.uniform(-3, 3),
        knee=rng.uniform(0, 7),
        neck=float(np.clip(rng.normal(4, 12), -25, 45)),
        thigh_pitch=None,
        stance=stance,
        stagger=stagger,
        # Whoever bends with the hands on hips or chest mostly stands with them there too.
        arms=arms if arms in ("hips", "chest") and rng.random() < 0.7 else "down",
        arms_forward=rng.uniform(-3, 12),
        off_balance_dm=rng.normal(0, 0.2),
    )
    return Person(
        random_build(rng), random_outfit(rng), Tissue.random(rng), thing, arms, random_share(rng), stance, stagger, own
    )


def plain(person: Person, rng: np.random.Generator) -> Person:
    """Return the same person in a laboratory."""
    top = person.outfit.top or Garment((0.5, 0.5, 0.5), 0.1)
    close = replace(
        person.outfit,
        top=replace(top, loose_dm=min(top.loose_dm, 0.2), bridge_dm=0.0, wrinkles_dm=0.0),
        bottom=replace(person.outfit.bottom, loose_dm=min(person.outfit.bottom.loose_dm, 0.15), wrinkles_dm=0.0),
    )
    arms = str(rng.choice(["down", "down", "toes", "hips", "chest"]))
    tissue = Tissue(*(0.5 * value for value in vars(person.tissue).values()))
    own = replace(person.own, arms=arms if arms in ("hips", "chest") else "down")
    stance = min(person.stance_deg, 6.0)
    return replace(
        person,
        outfit=close,
        thing=Thing(),
        arms=arms,
        tissue=tissue,
        stance_deg=stance,
        plain=True,
        own=replace(own, stance=stance),
    )


def random_share(rng: np.random.Generator) -> tuple[float, ...]:
    """Draw how flexion spreads over the five joints of the spine."""
    mean = _FIRST_SHARE + rng.uniform() * (_ANATOMICAL_SHARE - _FIRST_SHARE)
    return tuple(rng.dirichlet(_SHARE_CONCENTRATION * mean).tolist())


def another_stand(rng: np.random.Generator, person: Person) -> Posture:
    """Draw a quiet stand of the same person at another time: it sways."""
    own = person.own
    return replace(
        own,
        hip=own.hip + rng.normal(0, 1.5),
        spine=own.spine + rng.normal(0, 1.5),
        knee=max(own.knee + rng.normal(0, 1.5), 0.0),
        neck=own.neck + rng.normal(0, 6),
        off_balance_dm=own.off_balance_dm + rng.normal(0, 0.1),
        arms=held_arms(person),
        arms_forward=rng.uniform(-3, 12),
    )


def lock_out(rng: np.random.Generator, person: Person) -> Posture:
    """Draw the top of a lift, the thing in the hands; two in three lean back by 5 to 12 deg."""
    lean = rng.uniform(-12, -5) if rng.random() < 0.65 else rng.uniform(-4, 6)
    return replace(
        person.own,
        hip=person.own.hip + lean,
        spine=person.own.spine + rng.uniform(-4, 4),
        knee=rng.uniform(0, 12),
        neck=rng.uniform(-25, 35),
        arms=held_arms(person),
        arms_forward=0.0,
        load=person.load,
        off_balance_dm=rng.normal(0, 0.2),
    )


def held_arms(person: Person) -> str:
    """What the arms do in a stand."""
    return person.thing.arms or (person.arms if person.arms in ("hips", "chest") else "down")


def random_bend(rng: np.random.Generator, person: Person) -> tuple[str, Posture]:
    """Draw a bend: its name in `MOVES`, and its posture."""
    move = str(rng.choice(list(MOVES), p=list(MOVES.values())))
    hip, knee = {
        "hinge": ((10, 100), (2, 35)),
        "lift": ((35, 112), (15, 90)),
        "squat lift": ((60, 115), (60, 105)),
        "toe touch": ((25, 95), (0, 15)),
        "curl": ((0, 50), (0, 15)),
    }[move]
    hip_deg, knee_deg = rng.uniform(*hip), rng.uniform(*knee)
    spine = _spine(rng, move)
    if hip_deg + spine > _MOST_WHOLE_BEND_DEG:
        hip_deg = _MOST_WHOLE_BEND_DEG - spine
    share = person.share if rng.random() < 0.7 else random_share(rng)
    return move, Posture(
        hip=person.own.hip + hip_deg,
        spine=person.own.spine + spine,
        knee=knee_deg,
        share=share,
        neck=rng.uniform(-35, 30),
        stance=person.stance_deg,
        stagger=person.stagger_deg + rng.normal(0, 0.5),
        arms=person.thing.arms or ("toes" if move == "toe touch" and person.arms == "down" else person.arms),
        arms_forward=float(rng.normal(3, 6)) if not person.thing.arms else float(rng.uniform(-2, 4)),
        off_balance_dm=rng.normal(0, 0.5),
        load=person.load,
    )


def _spine(rng: np.random.Generator, move: str) -> float:
    """True spine flexion, degrees from the person's own stand."""
    if move == "curl":
        return float(rng.uniform(0, 80))
    if move == "toe touch":
        return float(rng.uniform(15, 80))
    return float(rng.uniform(*(_KEPT_DEG if rng.random() < _KEPT_SHARE else _ROUNDED_DEG)))
