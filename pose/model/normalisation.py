"""Network -> the same network with metadata on the normalisation of its input pixels, for MediaPipe's Tasks API.

MediaPipe's own metadata writer is not in the wheel of 0.10.33 (`mediapipe.tasks.cc` is missing), but the two schemas
that it uses are: TensorFlow Lite's model and TensorFlow Lite's metadata.
"""

from __future__ import annotations

from typing import Any

#: Name of the metadata in a model, and the identifiers of the two formats, all defined by TensorFlow Lite.
_ENTRY, _METADATA_ID, _MODEL_ID = b"TFLITE_METADATA", b"M001", b"TFL3"
#: The first version of the metadata schema has everything that is written here.
_LEAST_PARSER = "1.0.0"


def with_normalisation(model: bytes, mean: float, deviation: float) -> bytes:
    """Return a network with metadata that its input is (pixel - mean) / deviation, for pixels of 0 to 255."""
    import flatbuffers
    from mediapipe.tasks.metadata import schema_py_generated as schema

    network = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(bytearray(model), 0))
    metadata = list(_metadata(len(network.subgraphs[0].outputs), mean, deviation))
    entry = next((entry for entry in network.metadata or () if entry.name == _ENTRY), None)
    if entry is None:
        entry = schema.MetadataT()
        entry.name, entry.buffer = _ENTRY, len(network.buffers)
        network.buffers.append(schema.BufferT())
        network.metadata = [*(network.metadata or ()), entry]
    # The detector has metadata already, without a normalisation.
    network.buffers[entry.buffer].data = metadata
    builder = flatbuffers.Builder(len(model) + 1024)
    builder.Finish(network.Pack(builder), _MODEL_ID)
    return bytes(builder.Output())


def _metadata(outputs: int, mean: float, deviation: float) -> bytes:
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    def build(kind: Any, **values: Any) -> Any:
        instance = kind()
        for name, value in values.items():
            setattr(instance, name, value)
        return instance

    unit = build(schema.ProcessUnitT, optionsType=schema.ProcessUnitOptions.NormalizationOptions,
                options=build(schema.NormalizationOptionsT, mean=[mean], std=[deviation]))
    content = build(schema.ContentT, contentPropertiesType=schema.ContentProperties.ImageProperties,
                   contentProperties=build(schema.ImagePropertiesT, colorSpace=schema.ColorSpaceType.RGB))
    stats = build(schema.StatsT, min=[(0.0 - mean) / deviation], max=[(255.0 - mean) / deviation])
    image = build(schema.TensorMetadataT, name="image", content=content, processUnits=[unit], stats=stats)
    results = [build(schema.TensorMetadataT, name="Identity") for _ in range(outputs)]
    graph = build(schema.SubGraphMetadataT, inputTensorMetadata=[image], outputTensorMetadata=results)
    whole = build(schema.ModelMetadataT, subgraphMetadata=[graph], minParserVersion=_LEAST_PARSER)
    builder = flatbuffers.Builder(1024)
    builder.Finish(whole.Pack(builder), _METADATA_ID)
    return bytes(builder.Output())
