"""Measured sets → files of other programs: OpenSim, OpenPose, COCO, Kinovea, FHIR, netCDF."""
