"""Meshes and a camera -> a picture, by OpenGL in software (EGL needs no screen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from bench.render.mesh import Colour, Mesh, joined
from pose.arrays import FloatArray, Image

_VERTEX = """#version 330
in vec3 p; in vec3 n; in vec3 c; uniform mat4 m; out vec3 vn; out vec3 vc;
void main(){ gl_Position = m*vec4(p,1); vn=n; vc=c; }"""
_FRAGMENT = """#version 330
in vec3 vn; in vec3 vc; uniform vec3 light; uniform float ambient; out vec4 f;
void main(){ vec3 n=normalize(vn); if(!gl_FrontFacing) n=-n; float d=max(dot(n,normalize(light)),0.);
 f=vec4(vc*(ambient+0.25*(0.5+0.5*n.y)+(0.9-ambient)*d), 1); }"""
_NEAR_DM, _FAR_DM = 1.0, 400.0


@dataclass(frozen=True)
class Camera:
    """A pinhole camera.

    Attributes
    ----------
    eye, target : (float, float, float)
        Where it stands and what it looks at, decimetres.
    fov_deg : float
        Vertical field of view.
    roll_deg : float
        Turned about its own axis.
    size_px : (int, int)
        Width and height.
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov_deg: float
    roll_deg: float = 0.0
    size_px: tuple[int, int] = (640, 480)

    def matrix(self) -> FloatArray:
        """World to clip space (4, 4)."""
        eye = np.array(self.eye, dtype=float)
        back = eye - np.array(self.target)
        back /= np.linalg.norm(back)
        right = np.cross([0.0, 1.0, 0.0], back)
        right /= np.linalg.norm(right)
        up = np.cross(back, right)
        cos, sin = np.cos(np.radians(self.roll_deg)), np.sin(np.radians(self.roll_deg))
        view = np.eye(4)
        view[:3, :3] = cos * right + sin * up, cos * up - sin * right, back
        view[:3, 3] = -view[:3, :3] @ eye
        focal = 1 / np.tan(np.radians(self.fov_deg) / 2)
        deep = _NEAR_DM - _FAR_DM
        return (
            np.array(
                [
                    [focal * self.size_px[1] / self.size_px[0], 0, 0, 0],
                    [0, focal, 0, 0],
                    [0, 0, (_FAR_DM + _NEAR_DM) / deep, 2 * _FAR_DM * _NEAR_DM / deep],
                    [0, 0, -1, 0],
                ]
            )
            @ view
        )

    def project(self, points: FloatArray) -> FloatArray:
        """Pixels (n, 2) of points (n, 3)."""
        clip = np.column_stack([points, np.ones(len(points))]) @ self.matrix().T
        flat = clip[:, :2] / clip[:, 3:]
        return (flat * (1, -1) + 1) / 2 * self.size_px


@dataclass(frozen=True)
class Light:
    """Where it comes from and how much is everywhere."""

    direction: Colour = (0.4, 1.0, 0.6)
    ambient: float = 0.45


class Stage:
    """Draws pictures of one size.

    Parameters
    ----------
    size_px : (int, int)
        Width and height.
    """

    _context: moderngl.Context | None = None  # one for the process: each new one keeps its memory

    def __init__(self, size_px: tuple[int, int]) -> None:
        if Stage._context is None:
            Stage._context = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
        self.size_px = size_px
        context = self._gl = Stage._context
        self._program = context.program(_VERTEX, _FRAGMENT)
        self._smooth = context.framebuffer(
            [context.renderbuffer(size_px, samples=4)], context.depth_renderbuffer(size_px, samples=4)
        )
        self._plain = context.framebuffer([context.renderbuffer(size_px)])
        context.enable(moderngl.DEPTH_TEST)

    def draw(
        self, camera: Camera, meshes: Sequence[Mesh], behind: Image, light: Light
    ) -> Image:
        """Return the picture (height, width, 3) of the meshes before a background picture of the same size."""
        mesh = joined(meshes)
        data = np.concatenate([mesh.points, mesh.normals, mesh.colours], axis=1).astype("f4")
        self._smooth.use()
        self._gl.viewport = (0, 0, *self.size_px)
        self._gl.clear(0.0, 0.0, 0.0, 0.0)
        matrix = self._program["m"]
        assert isinstance(matrix, moderngl.Uniform)
        matrix.write(camera.matrix().T.astype("f4").tobytes())
        self._program["light"] = light.direction
        self._program["ambient"] = light.ambient
        corners = self._gl.buffer(data.tobytes())
        numbers = self._gl.buffer(mesh.triangles.astype("i4").tobytes())
        array = self._gl.vertex_array(self._program, [(corners, "3f 3f 3f", "p", "n", "c")], numbers)
        array.render()
        for part in (array, corners, numbers):
            part.release()
        self._gl.copy_framebuffer(self._plain, self._smooth)
        width, height = self.size_px
        drawn = (
            np.frombuffer(self._plain.read(components=4), np.uint8).reshape(height, width, 4)[::-1].astype(np.float32)
        )
        through = 1 - drawn[..., 3:] / 255
        return np.asarray(drawn[..., :3] + through * behind, dtype=np.uint8)

    def close(self) -> None:
        """Free its memory."""
        for part in (self._smooth, self._plain, self._program):
            part.release()
